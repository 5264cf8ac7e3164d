// A line without SIP: contacts are registered by hand and every leg does what the test tells it.
import type {
  InviteOptions,
  Leg,
  LegEnd,
  LegState,
  Line,
  LineStrings,
  Pcm,
  RegisteredContact,
} from '../../practice/line.ts'

export interface FakeLine extends Line {
  readonly legs: FakeLeg[]
  register(extension: string, uri?: string): RegisteredContact
  /** The next leg that rings nobody yet, or one that is there already. */
  nextLeg(): Promise<FakeLeg>
  restarts: number
  cuts: number
}

export interface FakeLeg extends Leg {
  readonly invite: InviteOptions
  ring(): void
  answer(): void
  /** The final answer to the INVITE. */
  refuse(sipStatus: number): void
  end(why: LegEnd, sipStatus?: number): void
  bye(): void
  /** The phone speaks for so long, then is silent for a second. */
  speak(ms: number): void
  dtmf(digit: string): void
  /** Milliseconds of sound that were played; silence does not count. */
  readonly playedMs: number
}

/** `pace`: how many times faster than real time a leg plays. */
export function createFakeLine({ pace = 1 } = {}): FakeLine {
  const contacts = new Map<string, RegisteredContact[]>()
  const waiting: Array<(leg: FakeLeg) => void> = []
  let taken = 0
  const strings: LineStrings = {
    registerStatus: undefined,
    delayMs: 0,
    loss: { toPhone: 0, fromPhone: 0 },
    mute: { toPhone: false, fromPhone: false },
  }
  const line: FakeLine = {
    url: 'ws://127.0.0.1:9',
    strings,
    legs: [],
    restarts: 0,
    cuts: 0,
    contacts: (extension) => contacts.get(extension) ?? [],
    register(extension, uri = `sip:${extension}@device${contacts.size}.invalid;transport=ws`) {
      const contact = { uri, expiresAt: Date.now() + 300_000 }
      contacts.set(extension, [...(contacts.get(extension) ?? []), contact])
      return contact
    },
    invite(options) {
      const leg = createFakeLeg(options, pace)
      line.legs.push(leg)
      const next = waiting.shift()
      if (next) {
        taken++
        next(leg)
      }
      return leg
    },
    nextLeg() {
      const leg = line.legs[taken]
      if (!leg) return new Promise((resolve) => waiting.push(resolve))
      taken++
      return Promise.resolve(leg)
    },
    cutSockets: () => void line.cuts++,
    async restart() {
      line.restarts++
      contacts.clear()
      for (const leg of line.legs) leg.end('failed')
    },
    async close() {
      for (const leg of line.legs) leg.end('failed')
    },
  }
  return line
}

function createFakeLeg(invite: InviteOptions, pace: number): FakeLeg {
  let state: LegState = { status: 'calling' }
  let playedMs = 0
  const changes = new Set<(state: LegState) => void>()
  const audio = new Set<(frame: Pcm) => void>()
  const digits = new Set<(digit: string) => void>()
  const ended = new AbortController()

  const become = (next: LegState) => {
    if (state.status === 'ended') return
    state = next
    if (next.status === 'ended') ended.abort()
    for (const tell of changes) tell(next)
  }
  const listen = <L>(all: Set<L>, listener: L) => {
    all.add(listener)
    return () => all.delete(listener)
  }
  const end = (by: 'local' | 'remote', why: LegEnd, sipStatus?: number) =>
    become({ status: 'ended', at: Date.now(), by, why, ...(sipStatus === undefined ? {} : { sipStatus }) })

  const leg: FakeLeg = {
    id: `leg of ${invite.contact.uri}`,
    sipCallId: 'fake',
    invite,
    get state() {
      return state
    },
    get playedMs() {
      return playedMs
    },
    onChange: (listener) => listen(changes, listener),
    onAudio: (listener) => listen(audio, listener),
    onDtmf: (listener) => listen(digits, listener),
    async play(pcm, signal) {
      const from = Date.now()
      const wholeMs = pcm.length / 8
      const signals = signal ? [signal, ended.signal] : [ended.signal]
      await sleepUnless(AbortSignal.any(signals), wholeMs / pace)
      if (pcm.some((sample) => sample !== 0)) playedMs += Math.min(wholeMs, (Date.now() - from) * pace)
    },
    async hangUp() {
      const wasUp = state.status === 'answered'
      end('local', wasUp ? 'normal' : 'canceled', wasUp ? undefined : 487)
    },
    ring: () => become({ status: 'ringing', at: Date.now() }),
    answer: () => become({ status: 'answered', at: Date.now() }),
    refuse: (sipStatus) => end('remote', sipStatus === 486 ? 'busy' : 'declined', sipStatus),
    end: (why, sipStatus) => end(why === 'timeout' ? 'local' : 'remote', why, sipStatus),
    bye: () => end('remote', 'normal'),
    speak(ms) {
      const tell = (level: number) => {
        for (const listener of audio) listener(noise(level))
      }
      // A floor first, as any microphone has one; syllables, because a steady tone is no person.
      for (let at = 0; at < 500; at += 20) tell(0.001)
      for (let at = 0; at < ms; at += 20) tell(0.15 + 0.25 * Math.abs(Math.sin(at / 90)))
      for (let at = 0; at < 1000; at += 20) tell(0.001)
    },
    dtmf(digit) {
      for (const tell of digits) tell(digit)
    },
  }
  return leg
}

function noise(level: number): Pcm {
  return Int16Array.from({ length: 160 }, (_, index) => Math.round(Math.sin(index * 0.7) * 32_767 * level))
}

function sleepUnless(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
