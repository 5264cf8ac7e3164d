// What all scenes share: the stage, what is expected of the history, and the looks at phone and platform.
import type { HistoryOutcome } from '../../common/model/history.ts'
import type { PhoneState, Session } from '../../common/model/phone.ts'
import { nowMs, until } from '../bench/figure.ts'
import type { Stage } from './stage.ts'

/** A call that must stand in the history, exactly so. */
export interface Expected {
  scene: number
  what: string
  /** As the history names it. */
  id: string
  outcomes: readonly HistoryOutcome[]
  /** On the platform, where it is one of its calls. */
  callId?: string | undefined
  /** Everything practice sent, in order. */
  lines: string[]
}

export interface Play {
  stage: Stage
  expected: Expected[]
  /** How long things took: name → ms. */
  times: Map<string, number[]>
  /** So many lines were made; each has its number in it. */
  made: { lines: number; calls: number }
}

export const createPlay = (stage: Stage): Play => ({
  stage,
  expected: [],
  times: new Map(),
  made: { lines: 0, calls: 0 },
})

export function took(play: Play, name: string, since: number): void {
  const all = play.times.get(name) ?? []
  all.push(nowMs() - since)
  play.times.set(name, all)
}

export function phoneOf({ stage }: Play): PhoneState {
  const phone = stage.companion.phone()
  if (!phone) throw new Error('the phone has not reported yet')
  return phone
}

export const sessionOf = (play: Play, id: string): Session | undefined =>
  phoneOf(play).sessions.find((one) => one.id === id)

export const isLive = (session: Session | undefined) => session !== undefined && session.status !== 'ended'

export async function untilSession(
  play: Play,
  id: string,
  what: string,
  fits: (session: Session) => boolean,
  ms = 15_000,
): Promise<Session> {
  return until(
    `a call that ${what}`,
    () => {
      const session = sessionOf(play, id)
      return session && fits(session) ? session : undefined
    },
    ms,
  )
}

export interface Ringing {
  callId: string | undefined
  session: Session
  expected: Expected
}

const actions = [
  { type: 'transcribe_start', option: { language: 'en-US' } },
  { type: 'sleep', option: { duration: 600_000 } },
]

/** A call of somebody new to our extension; resolves when the phone knows of it. */
export async function ring(play: Play, scene: number, what: string, outcomes: readonly HistoryOutcome[]) {
  const { practice, companion } = play.stage
  const { id, extension } = await companion.extension()
  play.made.calls++
  const caller = `+1555${String(1_000_000 + play.made.calls)}`
  const answer = await practice.api('POST', '/calls', {
    source: { type: 'tel', target: caller, target_name: `Caller ${play.made.calls}` },
    destinations: [{ type: 'extension', target: id, target_name: extension }],
    actions,
  })
  const group = (answer.groupcalls as Array<{ call_ids: string[] }>)[0]
  const callId = group?.call_ids[0]
  const session = await until(`the call of ${caller} at the phone`, () =>
    phoneOf(play).sessions.find(({ remote }) => remote.user === caller),
  )
  return note(play, { scene, what, session, outcomes, callId })
}

/** Whatever new session the phone has, for a call that our side began. */
export async function begun(play: Play, known: ReadonlySet<string>): Promise<Session> {
  return until('a new call at the phone', () => phoneOf(play).sessions.find(({ id }) => !known.has(id)))
}

export const knownSessions = (play: Play): Set<string> => new Set(phoneOf(play).sessions.map(({ id }) => id))

interface Noted {
  scene: number
  what: string
  session: Session
  outcomes: readonly HistoryOutcome[]
  callId?: string | undefined
}

export function note(play: Play, { scene, what, session, outcomes, callId }: Noted): Ringing {
  const id = `${session.startedAt.toString(36)}-${session.id}`
  const expected: Expected = { scene, what, id, outcomes, callId, lines: [] }
  play.expected.push(expected)
  return { callId, session, expected }
}

/** By the key, as a person does. */
export async function answer(play: Play, { session, callId }: Ringing): Promise<void> {
  const since = nowMs()
  await play.stage.hands.press('answer')
  await untilSession(play, session.id, 'was answered', ({ status }) => status === 'established')
  took(play, 'answered', since)
  if (callId === undefined) return
  const query = `/transcribes?reference_type=call&reference_id=${callId}`
  await until('a transcription of the call', async () => {
    const { result } = await play.stage.practice.api('GET', query)
    return (result as unknown[]).length > 0
  })
}

export async function theyHangUp(play: Play, { session, callId }: Ringing): Promise<void> {
  await play.stage.practice.ask.pull({ pull: 'hangUp', callId })
  await untilSession(play, session.id, 'they hung up', ({ status }) => status === 'ended')
}

/** Lines with a number each, fast or in one burst. */
export async function speak(play: Play, { callId, expected }: Ringing, count: number, apartMs: number) {
  if (callId === undefined || count <= 0) return
  const lines = Array.from({ length: count }, () => {
    play.made.lines++
    return `Line ${play.made.lines}: what somebody says in a call that lasts as long as others do.`
  })
  expected.lines.push(...lines)
  await play.stage.practice.ask.write(callId, lines, apartMs)
}
