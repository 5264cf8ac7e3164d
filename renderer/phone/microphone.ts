// The one microphone, shared: each session gets a clone of its track. Open only while somebody needs it, because an
// open microphone shows a recording sign to the person and keeps the machine awake.
//
//   closed → opening → open → closed        closed again a few seconds after its last user, at once after the warm-up
//     ↑         └→ failed                   the next user tries again, and so does a change of devices
//     └───────────────┘
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { PhoneState, SoundProcessing } from '../../common/model/phone.ts'
import { toMicrophoneError } from './media-errors.ts'
import { follows, getTrack, isSame, isSameDevice, toOpen, toSilent } from './microphone-track.ts'

export interface Microphone {
  /**
   * A track of its own, stopped with the scope; `onTrack` gets its replacement when the device changes. `onLost`: it was
   * unplugged and there is no other; the next one comes by `onTrack`.
   */
  acquire(scope: Scope, onTrack: TakeTrack, onLost?: () => void): Promise<void>
  /** `''` is the system's default. Who speaks goes on with the old one until the new one is open. */
  choose(deviceId: string, processing?: SoundProcessing): Promise<void>
  /** The system's default is another one now. */
  defaultChanged(): Promise<void>
  /** Opened once and closed again: the next opening is fast, and what is wrong with it is known before a call comes. */
  warmUp(): Promise<void>
  /** Something was plugged in or out: what failed may work now. */
  retry(): Promise<void>
  /** Heard digital zeros only since it was opened, or not any more. */
  reportSilence(silent: boolean): void
  close(): void
}

/** May return a promise: the track before it is stopped when that has resolved. */
export type TakeTrack = (track: MediaStreamTrack) => unknown

export interface MicrophoneOptions {
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>
  set(state: PhoneState['microphone']): void
  /** Labels of devices can be read now; the warm-up waits for it. */
  onOpened(): Promise<void>
  idleMs?: number
}

interface Holder {
  track: MediaStreamTrack | undefined
  /** Of which `track` is a clone. */
  source: MediaStreamTrack | undefined
  onTrack: TakeTrack
  onLost(): void
}

const allOn: SoundProcessing = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }

/** So that a second call right after the first one need not wait. */
const defaultIdleMs = 3000

export function createMicrophone(options: MicrophoneOptions): Microphone {
  const holders = new Set<Holder>()
  let opened: Promise<MediaStreamTrack> | undefined
  let current: MediaStreamTrack | undefined
  let failed = false
  /** Another one than the chosen one is open, because that one cannot be. */
  let refused = false
  let generation = 0
  let deviceId = ''
  let processing = allOn
  let idle: ReturnType<typeof setTimeout> | undefined

  const open = (): Promise<MediaStreamTrack> => {
    opened ??= start(++generation)
    return opened
  }

  const start = async (mine: number): Promise<MediaStreamTrack> => {
    options.set({ status: 'opening' })
    try {
      const { track, refused: other } = await getTrack(options, deviceId, processing)
      if (mine !== generation) {
        track.stop()
        // Another device was chosen meanwhile: whoever waits for this one gets that one.
        if (opened) return await opened
        throw new AppError('app.stopped', { detail: 'microphone' })
      }
      track.addEventListener('ended', () => {
        if (current === track) void replace()
      })
      current = track
      failed = false
      refused = other
      options.set(toOpen(track, refused))
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

  /** Unplugged: everybody gets another one. Why there is none is in the state. */
  const replace = async () => {
    if (holders.size === 0) return rest()
    stop()
    const track = await open().catch(() => undefined)
    if (track) return handAll(track)
    for (const holder of holders) holder.onLost()
  }

  /** Chosen anew while somebody speaks: the old one goes on until the new one is open. */
  const exchange = async () => {
    const old = current
    if (!old || holders.size === 0) return replace()
    const mine = generation + 1
    current = undefined
    opened = undefined
    const track = await open().catch(() => undefined)
    if (!track && mine === generation && old.readyState !== 'ended') return keep(old)
    if (track && !follows(track, processing) && isSameDevice(track, old)) return beginAnew(old)
    if (track) await handAll(track)
    else if (mine === generation) for (const holder of holders) holder.onLost()
    old.stop()
  }

  /** Chromium 156 gives a device that is open the noise suppression it is open with: it is let go first, for a moment. */
  const beginAnew = (old: MediaStreamTrack) => {
    old.stop()
    for (const holder of holders) holder.track?.stop()
    return replace()
  }

  /** The new one cannot be opened; nobody loses their voice for that. */
  const keep = (old: MediaStreamTrack) => {
    current = old
    opened = Promise.resolve(old)
    failed = false
    refused = true
    options.set(toOpen(old, refused))
  }

  const handAll = async (track: MediaStreamTrack) => {
    await Promise.all([...holders].map((holder) => hand(holder, track)))
    restLater()
  }

  const hand = async (holder: Holder, source: MediaStreamTrack) => {
    if (holder.source === source) return
    const before = holder.track
    const track = source.clone()
    Object.assign(holder, { track, source })
    await holder.onTrack(track)
    before?.stop()
  }

  const warmUp = async () => {
    await open()
    // Names of devices are told to a page only while it has one of them open.
    await options.onOpened()
    if (holders.size === 0) rest()
  }

  const retry = async () => {
    if (refused && current) return exchange()
    if (!failed) return
    await (holders.size > 0 ? replace() : warmUp().catch(() => {}))
  }

  return {
    async acquire(scope, onTrack, onLost = () => {}) {
      if (scope.ended) return
      const holder: Holder = { track: undefined, source: undefined, onTrack, onLost }
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
        if (!scope.ended && !holder.track) void hand(holder, track)
      } catch (error) {
        forget()
        release()
        throw error
      }
      void options.onOpened()
    },
    async choose(device, next = processing) {
      if (device === deviceId && isSame(next, processing)) return
      deviceId = device
      processing = next
      await (opened ? exchange() : retry())
    },
    async defaultChanged() {
      if (deviceId === '' && current) await exchange()
    },
    warmUp,
    retry,
    reportSilence(silent) {
      if (!current) return
      options.set(silent ? toSilent(current.label) : toOpen(current, refused))
    },
    close() {
      stop()
      options.set({ status: 'closed' })
    },
  }
}
