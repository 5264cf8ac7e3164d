// The phone of a window without a window: serves main's requests over a Port and does what the test tells it.
import { openRendererBridge } from '../../common/bridge/bridge.ts'
import type { MainCaller, PhoneStart } from '../../common/bridge/table.ts'
import { AppError } from '../../common/kit/errors.ts'
import type { Port } from '../../common/kit/port.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { AppState } from '../../common/model/app-state.ts'
import {
  initialPhoneState,
  type PhoneState,
  type Session,
  type SessionMedia,
} from '../../common/model/phone.ts'
import type { TraceRow } from '../../common/model/trace.ts'
import { applyEntries, type TranscriptEntry } from '../../common/model/transcript.ts'

export interface FakePhone {
  /** What a window may ask. */
  readonly main: MainCaller
  readonly phone: PhoneState
  /** The window's copy of the state, as it was pushed. */
  readonly seen: {
    state: Partial<AppState>
    pushes: Array<Partial<AppState>>
    transcripts: Record<string, TranscriptEntry[]>
    trace: TraceRow[]
  }
  readonly starts: PhoneStart[]
  readonly asked: string[]
  readonly contact: { user: string; host: string }
  /** Takes the snapshot, which tells main that the phone listens. */
  ready(): Promise<void>
  change(patch: Partial<PhoneState>): Promise<void>
  ring(from?: { user: string; displayName: string }): Promise<string>
  changeSession(sessionId: string, patch: Partial<Session>): Promise<void>
  media(sessionId: string, patch: Partial<SessionMedia>): Promise<void>
  sound(sessionId: string, where: 'ear' | 'microphone', edge: 'start' | 'end', at?: number): Promise<void>
  session(sessionId: string): Session | undefined
}

/** What happens beyond the phone. Without a word of the test, registering and answering simply work. */
export interface Script {
  onStart?(input: PhoneStart, phone: FakePhone): Promise<void> | void
  onStop?(): void
  onAnswer?(sessionId: string, phone: FakePhone): Promise<void> | void
  onHangUp?(sessionId: string, phone: FakePhone): Promise<void> | void
}

const silentMedia: SessionMedia = {
  packetsSent: 0,
  packetsReceived: 0,
  packetsLost: 0,
  heardMs: 0,
  spokenMs: 0,
  microphone: 'live',
  ice: 'connected',
  codec: 'opus',
}

let phones = 0

export function openFakePhone(scope: Scope, port: Port, script: Script = {}): FakePhone {
  let state = initialPhoneState
  let sessions = 0
  const name = `fake${++phones}`
  const seen: FakePhone['seen'] = { state: {}, pushes: [], transcripts: {}, trace: [] }

  const report = async () => void (await main['phone.changed']({ phone: state }))
  const change = async (patch: Partial<PhoneState>) => {
    state = { ...state, ...patch }
    await report()
  }
  const find = (id: string): Session => {
    const session = state.sessions.find((each) => each.id === id)
    if (!session) throw new AppError('call.gone', { detail: id })
    return session
  }
  const changeSession = (id: string, patch: Partial<Session>) => {
    find(id)
    return change({ sessions: state.sessions.map((each) => (each.id === id ? { ...each, ...patch } : each)) })
  }
  const end = (id: string, outcome: NonNullable<Session['outcome']>) =>
    changeSession(id, { status: 'ended', outcome, endedAt: Date.now() })

  const main = openRendererBridge(
    scope,
    port,
    {
      'phone.start': async (input) => {
        phone.asked.push('phone.start')
        phone.starts.push(input)
        if (script.onStart) await script.onStart(input, phone)
        else await phone.change({ registration: registered(phone, input) })
        return null
      },
      'phone.stop': async () => {
        phone.asked.push('phone.stop')
        script.onStop?.()
        await change({ registration: { status: 'offline' } })
        return null
      },
      'phone.answer': async ({ sessionId }) => {
        phone.asked.push('phone.answer')
        find(sessionId)
        await script.onAnswer?.(sessionId, phone)
        await changeSession(sessionId, {
          status: 'established',
          answeredAt: Date.now(),
          media: { ...silentMedia, packetsSent: 3, packetsReceived: 2 },
        })
        return null
      },
      'phone.decline': async ({ sessionId }) => {
        phone.asked.push('phone.decline')
        await end(sessionId, 'declined')
        return null
      },
      'phone.hangUp': async ({ sessionId }) => {
        phone.asked.push('phone.hangUp')
        await script.onHangUp?.(sessionId, phone)
        if (find(sessionId).status !== 'ended') await end(sessionId, 'hungUpByUs')
        return null
      },
      'phone.probe': async () => {
        phone.asked.push('phone.probe')
        return null
      },
      'phone.wake': async () => {
        phone.asked.push('phone.wake')
        return null
      },
    },
    {
      'state.changed': ({ changes }) => {
        seen.pushes.push(changes)
        Object.assign(seen.state, changes)
      },
      'transcript.changed': ({ callId, entries }) => {
        seen.transcripts[callId] = applyEntries(seen.transcripts[callId] ?? [], entries)
      },
      'trace.added': ({ rows }) => void seen.trace.push(...rows),
      'trace.cleared': () => void seen.trace.splice(0),
    },
  )

  const phone: FakePhone = {
    main,
    get phone() {
      return state
    },
    seen,
    starts: [],
    asked: [],
    contact: { user: `${name}abcd`, host: `${name}.invalid` },
    async ready() {
      const snapshot = await main['app.snapshot']({})
      seen.state = { ...snapshot.state }
      seen.transcripts = { ...snapshot.transcripts }
      seen.trace = await main['trace.watch']({ on: true })
      await report()
    },
    change,
    changeSession,
    async ring(from = { user: '', displayName: '' }) {
      const id = `${name}-session-${++sessions}`
      const session: Session = {
        id,
        sipCallId: `${id}@fake`,
        direction: 'incoming',
        status: 'ringing',
        remote: { ...from, host: 'pbx.invalid' },
        contact: phone.contact,
        startedAt: Date.now(),
        sending: 'on',
        held: { byUs: false, byThem: false },
      }
      await change({ sessions: [...state.sessions, session] })
      return id
    },
    media: (id, patch) => changeSession(id, { media: { ...(find(id).media ?? silentMedia), ...patch } }),
    sound: async (sessionId, where, edge, at = Date.now()) =>
      void (await main['phone.sound']({ sessionId, where, edge, at })),
    session: (id) => state.sessions.find((each) => each.id === id),
  }
  return phone
}

export function registered(phone: Pick<FakePhone, 'contact'>, input: PhoneStart): PhoneState['registration'] {
  return {
    status: 'registered',
    edge: input.edges[0] ?? '',
    provenAt: Date.now(),
    expiresAt: Date.now() + input.expiresSeconds * 1000,
    tookMs: 12,
    contact: phone.contact,
  }
}
