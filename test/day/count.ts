// The reckoning of a day: every line and every call in the history, and nothing left over anywhere.
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sleep, until } from '../bench/figure.ts'
import { type Expected, isLive, type Play, phoneOf } from './play.ts'

/** What is wrong, each in a line; empty = all is well. */
export interface Reckoning {
  calls: { expected: number; found: number; wrong: string[] }
  lines: { sent: number; found: number; missing: string[]; doubled: string[]; disordered: string[] }
  left: string[]
}

/** A hang-up can overtake the last line: the tail of a call is read 10 s after its end. */
const tailMs = 13_000

export async function reckon(play: Play): Promise<Reckoning> {
  await sleep(tailMs)
  const db = new DatabaseSync(path.join(play.stage.dataDir, 'history.db'), { readOnly: true })
  try {
    return {
      calls: reckonCalls(db, play.expected),
      lines: reckonLines(db, play.expected),
      left: await findLeft(play),
    }
  } finally {
    db.close()
  }
}

function reckonCalls(db: DatabaseSync, expected: readonly Expected[]): Reckoning['calls'] {
  const rows = db.prepare('SELECT id, outcome, call_id, answered_at, ended_at, direction FROM calls').all()
  const byId = new Map(rows.map((row) => [String(row.id), row]))
  const wrong = expected.flatMap(({ scene, what, id, outcomes, callId }) => {
    const row = byId.get(id)
    if (!row) return [`scene ${scene}, ${what}: not in the history`]
    const faults: string[] = []
    if (!outcomes.some((one) => one === row.outcome))
      faults.push(`ended as ${row.outcome}, not as ${outcomes.join(' or ')}`)
    if (callId !== undefined && row.call_id !== callId && row.answered_at !== null)
      faults.push(`matched with ${row.call_id}, not with ${callId}`)
    if (row.ended_at === null) faults.push('has no end')
    return faults.map((fault) => `scene ${scene}, ${what}: ${fault}`)
  })
  const known = new Set(expected.map(({ id }) => id))
  for (const row of rows)
    if (!known.has(String(row.id))) wrong.push(`a call that nobody made: ${JSON.stringify(row)}`)
  return { expected: expected.length, found: rows.length, wrong }
}

function reckonLines(db: DatabaseSync, expected: readonly Expected[]): Reckoning['lines'] {
  const linesOf = db.prepare(
    `SELECT text FROM entries WHERE kind = 'line' AND call = (SELECT no FROM calls WHERE id = ?) ORDER BY at, no`,
  )
  const result: Reckoning['lines'] = { sent: 0, found: 0, missing: [], doubled: [], disordered: [] }
  for (const { scene, what, id, lines } of expected) {
    const texts = linesOf.all(id).map(({ text }) => String(text))
    const own = texts.filter((text) => text.startsWith('Line '))
    const there = new Set(own)
    const about = `scene ${scene}, ${what}`
    result.sent += lines.length
    result.found += own.length
    const missing = lines.filter((line) => !there.has(line))
    if (missing.length > 0)
      result.missing.push(`${about}: ${missing.length} of ${lines.length}, first “${missing[0]}”`)
    if (there.size < own.length) result.doubled.push(`${about}: ${own.length - there.size}`)
    const inOrder = lines.filter((line) => there.has(line))
    const first = [...there].findIndex((line, at) => line !== inOrder[at])
    if (first >= 0)
      result.disordered.push(`${about}: “${[...there][first]}” where “${inOrder[first]}” belongs`)
  }
  return result
}

/** Sessions, transcriptions and voices that outlive their calls, here and at practice. */
const findLeft = async (play: Play): Promise<string[]> => [
  ...(await leftHere(play)),
  ...(await leftThere(play)),
]

async function leftHere(play: Play): Promise<string[]> {
  const left: string[] = []
  const { registration, sessions, microphone } = phoneOf(play)
  const { subscription, notices, speakings } = await play.stage.companion.ask.state()
  if (registration.status !== 'registered') left.push(`the phone is ${registration.status}`)
  if (microphone.status !== 'closed') left.push(`the microphone is ${microphone.status}`)
  if (subscription.status !== 'open') left.push(`the subscription is ${subscription.status}`)
  for (const session of sessions) if (isLive(session)) left.push(`a session is ${session.status}`)
  for (const { error } of notices) left.push(`a notice stands: ${error.code} ${error.detail ?? ''}`)
  for (const { callId, session } of Object.values(speakings)) {
    if (session.status === 'active' || session.status === 'creating')
      left.push(`the voice of ${callId} is ${session.status}`)
  }
  return left
}

async function leftThere({ stage: { practice } }: Play): Promise<string[]> {
  const left: string[] = []
  const { calls, eventSockets, registered } = await practice.look()
  const not = async (name: string, wanted: string) => {
    const { result } = await practice.api('GET', `/${name}?page_size=100`)
    for (const { id, status } of result as Array<{ id: string; status: string }>)
      if (status !== wanted) left.push(`${name} at practice: ${id} is ${status}`)
  }
  for (const { id, status } of calls) left.push(`call ${id} of practice is ${status}`)
  if (eventSockets !== 1) left.push(`${eventSockets} event sockets at practice`)
  for (const [extension, count] of Object.entries(registered))
    if (count > 1) left.push(`${count} contacts of ${extension}`)
  await not('speakings', 'stopped')
  await not('transcribes', 'done')
  return left
}

/** Nothing live on either side; fails with what is. */
export async function untilQuiet(play: Play, ms: number): Promise<void> {
  const { practice } = play.stage
  await until(
    'a phone and a platform without calls',
    async () => !phoneOf(play).sessions.some(isLive) && (await practice.look()).calls.length === 0,
    ms,
  )
}
