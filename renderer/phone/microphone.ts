// The one microphone, opened once and shared: each session gets a clone of its track.
//
//   closed → opening → open → closed        closed again a minute after the last session gave its track back
//               └→ failed                   the next session tries again
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import { isDeviceGone, toMicrophoneError } from './media-errors.ts'

export interface Microphone {
  /** A track of its own, stopped with the scope; `onTrack` gets its replacement when the device changes. */
  acquire(scope: Scope, onTrack: (track: MediaStreamTrack) => void): Promise<void>
  /** `''` is the system's default. */
  choose(deviceId: string): Promise<void>
  /** Opened now, so that the first session need not wait. */
  warmUp(): Promise<void>
  /** Heard digital zeros only since it was opened, or not any more. */
  reportSilence(silent: boolean): void
  close(): void
}

export interface MicrophoneOptions {
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>
  set(state: PhoneState['microphone']): void
  /** Labels of devices are known from now on. */
  onOpened(): void
  idleMs?: number
}

interface Holder {
  track: MediaStreamTrack | undefined
  onTrack(track: MediaStreamTrack): void
}

export function createMicrophone(options: MicrophoneOptions): Microphone {
  const holders = new Set<Holder>()
  let opened: Promise<MediaStreamTrack> | undefined
  let generation = 0
  let deviceId = ''
  let idle: ReturnType<typeof setTimeout> | undefined

  const open = (): Promise<MediaStreamTrack> => {
    opened ??= start(++generation)
    return opened
  }

  const start = async (mine: number): Promise<MediaStreamTrack> => {
    options.set({ status: 'opening' })
    try {
      const track = await getTrack()
      if (mine !== generation) {
        track.stop()
        throw new AppError('app.stopped', { detail: 'microphone' })
      }
      track.addEventListener('ended', () => {
        if (mine === generation) void reopen()
      })
      options.set({ status: 'open', label: track.label })
      options.onOpened()
      return track
    } catch (thrown) {
      const error = toMicrophoneError(thrown)
      if (mine === generation) {
        opened = undefined
        options.set({ status: 'failed', error: error.toData() })
      }
      throw error
    }
  }

  const getTrack = async (): Promise<MediaStreamTrack> => {
    const ask = async (device?: string) => {
      const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 }
      const chosen = device ? { ...audio, deviceId: { exact: device } } : audio
      const [track] = (await options.getUserMedia({ audio: chosen })).getAudioTracks()
      if (!track) throw new AppError('media.micMissing')
      return track
    }
    if (!deviceId) return ask()
    return ask(deviceId).catch((thrown: unknown) => {
      if (isDeviceGone(thrown)) return ask()
      throw thrown
    })
  }

  const stop = () => {
    generation += 1
    clearTimeout(idle)
    void opened?.then(
      (track) => track.stop(),
      () => {},
    )
    opened = undefined
  }

  /** Unplugged or another one chosen: everybody gets the new one. */
  const reopen = async () => {
    if (!opened) return
    stop()
    const track = await open()
    for (const holder of holders) hand(holder, track)
  }

  const hand = (holder: Holder, track: MediaStreamTrack) => {
    holder.track?.stop()
    holder.track = track.clone()
    holder.onTrack(holder.track)
  }

  const restLater = () => {
    clearTimeout(idle)
    if (holders.size > 0) return
    idle = setTimeout(() => {
      stop()
      options.set({ status: 'closed' })
    }, options.idleMs ?? 60_000)
  }

  return {
    async acquire(scope, onTrack) {
      const holder: Holder = { track: undefined, onTrack }
      holders.add(holder)
      clearTimeout(idle)
      scope.add(() => {
        holders.delete(holder)
        holder.track?.stop()
        restLater()
      })
      const track = await open()
      if (!scope.ended && !holder.track) hand(holder, track)
    },
    async choose(device) {
      if (device === deviceId) return
      deviceId = device
      await reopen()
    },
    async warmUp() {
      await open()
      restLater()
    },
    reportSilence(silent) {
      if (!opened) return
      void opened.then(
        (track) =>
          options.set(
            silent
              ? { status: 'failed', error: new AppError('media.micSilent', { detail: track.label }).toData() }
              : { status: 'open', label: track.label },
          ),
        () => {},
      )
    },
    close() {
      stop()
      options.set({ status: 'closed' })
    },
  }
}
