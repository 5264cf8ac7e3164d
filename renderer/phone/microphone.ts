// The one microphone, shared: each session gets a clone of its track. Open only while somebody needs it, because an
// open microphone shows a recording sign to the person and keeps the machine awake.
//
//   closed → opening → open → closed        closed again a few seconds after its last user, at once after the warm-up
//     ↑         └→ failed                   the next user tries again, and so does a change of devices
//     └───────────────┘
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import { isDeviceGone, toMicrophoneError } from './media-errors.ts'

export interface Microphone {
  /**
   * A track of its own, stopped with the scope; `onTrack` gets its replacement when the device changes. `onLost`: it was
   * unplugged and there is no other; the next one comes by `onTrack`.
   */
  acquire(scope: Scope, onTrack: (track: MediaStreamTrack) => void, onLost?: () => void): Promise<void>
  /** `''` is the system's default. */
  choose(deviceId: string): Promise<void>
  /** Opened once and closed again: the next opening is fast, and what is wrong with it is known before a call comes. */
  warmUp(): Promise<void>
  /** Something was plugged in or out: what failed may work now. */
  retry(): Promise<void>
  /** Heard digital zeros only since it was opened, or not any more. */
  reportSilence(silent: boolean): void
  close(): void
}

export interface MicrophoneOptions {
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>
  set(state: PhoneState['microphone']): void
  /** Labels of devices can be read now; the warm-up waits for it. */
  onOpened(): Promise<void>
  idleMs?: number
}

interface Holder {
  track: MediaStreamTrack | undefined
  onTrack(track: MediaStreamTrack): void
  onLost(): void
}

/** So that a second call right after the first one need not wait. */
const defaultIdleMs = 3000

export function createMicrophone(options: MicrophoneOptions): Microphone {
  const holders = new Set<Holder>()
  let opened: Promise<MediaStreamTrack> | undefined
  let current: MediaStreamTrack | undefined
  let failed = false
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
      const track = await getTrack(options, deviceId)
      if (mine !== generation) {
        track.stop()
        // Another device was chosen meanwhile: whoever waits for this one gets that one.
        if (opened) return await opened
        throw new AppError('app.stopped', { detail: 'microphone' })
      }
      track.addEventListener('ended', () => {
        if (mine === generation) void replace()
      })
      current = track
      failed = false
      options.set({ status: 'open', label: track.label })
      return track
    } catch (thrown) {
      const error = toMicrophoneError(thrown)
      if (mine === generation) {
        opened = undefined
        failed = true
        options.set({ status: 'failed', error: error.toData() })
      }
      throw error
    }
  }

  const stop = () => {
    generation += 1
    clearTimeout(idle)
    current?.stop()
    current = undefined
    opened = undefined
  }

  /** A failure stays to be seen: closing it would hide why the next call will have no microphone. */
  const rest = () => {
    if (!opened) return
    stop()
    options.set({ status: 'closed' })
  }

  const restLater = () => {
    clearTimeout(idle)
    if (holders.size === 0) idle = setTimeout(rest, options.idleMs ?? defaultIdleMs)
  }

  /** Unplugged or another one chosen: everybody gets the new one. Why there is none is in the state. */
  const replace = async () => {
    if (holders.size === 0) return rest()
    stop()
    const track = await open().catch(() => undefined)
    if (!track) {
      for (const holder of holders) holder.onLost()
      return
    }
    for (const holder of holders) hand(holder, track)
    restLater()
  }

  const hand = (holder: Holder, track: MediaStreamTrack) => {
    holder.track?.stop()
    holder.track = track.clone()
    holder.onTrack(holder.track)
  }

  const warmUp = async () => {
    await open()
    // Names of devices are told to a page only while it has one of them open.
    await options.onOpened()
    if (holders.size === 0) rest()
  }

  const retry = async () => {
    if (!failed) return
    await (holders.size > 0 ? replace() : warmUp().catch(() => {}))
  }

  return {
    async acquire(scope, onTrack, onLost = () => {}) {
      if (scope.ended) return
      const holder: Holder = { track: undefined, onTrack, onLost }
      holders.add(holder)
      clearTimeout(idle)
      const release = () => {
        holders.delete(holder)
        holder.track?.stop()
        restLater()
      }
      const forget = scope.add(release)
      try {
        const track = await open()
        if (!scope.ended && !holder.track) hand(holder, track)
      } catch (error) {
        forget()
        release()
        throw error
      }
      void options.onOpened()
    },
    async choose(device) {
      if (device === deviceId) return
      deviceId = device
      await (opened ? replace() : retry())
    },
    warmUp,
    retry,
    reportSilence(silent) {
      if (!current) return
      const { label } = current
      options.set(silent ? toSilent(label) : { status: 'open', label })
    },
    close() {
      stop()
      options.set({ status: 'closed' })
    },
  }
}

const toSilent = (detail: string): PhoneState['microphone'] => ({
  status: 'failed',
  error: new AppError('media.micSilent', { detail }).toData(),
})

/** The chosen device, or the system's default when that one is gone. */
async function getTrack(
  { getUserMedia }: Pick<MicrophoneOptions, 'getUserMedia'>,
  deviceId: string,
): Promise<MediaStreamTrack> {
  const ask = async (device?: string) => {
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 }
    const chosen = device ? { ...audio, deviceId: { exact: device } } : audio
    const [track] = (await getUserMedia({ audio: chosen })).getAudioTracks()
    if (!track) throw new AppError('media.micMissing')
    return track
  }
  if (!deviceId) return ask()
  return ask(deviceId).catch((thrown: unknown) => {
    if (isDeviceGone(thrown)) return ask()
    throw thrown
  })
}
