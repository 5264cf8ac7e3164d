// A call on a practice platform with a fake line: placed, answered, listened to.
import type { FakeLeg } from './fake-line.ts'
import {
  type Json,
  openTestEvents,
  openTestPractice,
  type TestEvents,
  type TestPractice,
} from './practice.ts'

export interface Scene {
  practice: TestPractice
  events: TestEvents
  leg: FakeLeg
  id: string
  /** What an event is about, whatever its envelope. */
  data(frame: Json): Json
}

/** A call with these actions, answered. */
export async function aCall(
  actions: Json[],
  options: Parameters<typeof openTestPractice>[0] = {},
): Promise<Scene> {
  const practice = await openTestPractice(options)
  await practice.addPhone()
  const { apiUrl, accessKey } = practice.address
  const events = await openTestEvents(apiUrl, `accesskey=${accessKey}`)
  await events.subscribe(`customer_id:${practice.customerId}`)
  const { json } = await practice.api.post('/v1.0/calls', {
    source: { type: 'tel', target: practice.number },
    destinations: [{ type: 'extension', target_name: 'desk1' }],
    actions,
  })
  const leg = await practice.line.nextLeg()
  leg.answer()
  const id = json.calls[0]?.id ?? json.groupcalls[0].call_ids[0]
  return { practice, events, leg, id, data: (frame) => frame.data ?? frame }
}

export const language = 'en-US'
export const sleep = { type: 'sleep', option: { duration: 600_000 } }
export const talk = (text: string) => ({ type: 'talk', option: { text, language, gender: 'female' } })
export const transcribe = { type: 'transcribe_start', option: { language } }
/** A frame that carries a transcript. */
export const isLine = (frame: Json) => (frame.data ?? frame).tm_transcript !== undefined

/** A call to the first phone that stays up until somebody hangs up. */
export function place(practice: TestPractice, more: Json = {}) {
  return practice.api.post('/v1.0/calls', {
    source: { type: 'tel', target: practice.number, target_name: 'Practice' },
    destinations: [{ type: 'extension', target_name: 'desk1' }],
    actions: [sleep],
    ...more,
  })
}

/** Each call and groupcall event once. */
export async function listen(practice: TestPractice) {
  const { apiUrl, accessKey } = practice.address
  const events = await openTestEvents(apiUrl, `accesskey=${accessKey}`)
  const scope = `customer_id:${practice.customerId}`
  await events.subscribe(`${scope}:call:call_`, `${scope}:groupcall:groupcall_`)
  return events
}

export const ofCall = (id: string, status: string) => (frame: Json) =>
  frame.id === id && frame.status === status
