// Frames of the event socket: three envelopes, every kind, and anything else without a throw.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameLimit, parseFrame } from '../../../main/platform/events/parse-frame.ts'

const call = { id: 'c1', status: 'ringing', direction: 'outgoing', source: {}, destination: {}, type: 'flow' }
const groupcall = { id: 'g1', status: 'progressing', call_ids: ['c1'], destinations: [{}] }
const transcribe = {
  id: 't1',
  reference_type: 'call',
  reference_id: 'c1',
  provider: 'gcp',
  status: 'progressing',
  direction: 'both',
}
const transcript = { id: 'l1', transcribe_id: 't1', direction: 'out', message: 'Hello' }
const speech = { id: 's1', streaming_id: 'x', transcribe_id: 't1', direction: 'in', message: 'Hel' }
const speaking = {
  id: 'k1',
  reference_type: 'call',
  reference_id: 'c1',
  provider: 'gcp',
  status: 'active',
  direction: 'out',
}

function eventOf(frame: unknown) {
  const parsed = parseFrame(JSON.stringify(frame))
  if (!parsed.ok) throw new Error(parsed.why)
  return parsed.event
}

describe('an event frame', () => {
  const kinds: Array<[string, string, Record<string, unknown>]> = [
    ['call', 'call_ringing', call],
    ['groupcall', 'groupcall_progressing', groupcall],
    ['transcribe', 'transcribe_progressing', transcribe],
    ['transcript', 'transcript_created', transcript],
    ['speaking', 'speaking_active', speaking],
  ]

  it.each(kinds)('tells a %s in the form of the guides, in the wrapped one and bare', (kind, type, data) => {
    const seed = eventOf({ event_type: type, timestamp: '2026-02-21T10:05:02Z', topic: 'x', data })
    const wrapped = eventOf({ type, data })
    const bare = eventOf(data)
    expect(seed).toMatchObject({ kind, type })
    expect(wrapped).toEqual(seed)
    expect(bare).toEqual(seed)
  })

  it('keeps the type of the guides’ envelope where everything else of it is missing', () => {
    expect(eventOf({ ...call, event_type: 'call_updated' })).toMatchObject({
      kind: 'call',
      type: 'call_updated',
    })
    expect(eventOf({ event_type: 'recording_started', topic: 'customer_id:C:recording:r1' })).toEqual({
      kind: 'other',
      type: 'recording_started',
      id: 'r1',
    })
    // Who it is about, and no more: it never replaces what is known (contract E.7).
    expect(eventOf({ event_type: 'call_hangup', topic: 'customer_id:C:call:c1' })).toMatchObject({
      kind: 'call',
      call: { id: 'c1', status: 'unknown' },
    })
  })

  it('tells phases of speech by the type, and interim text by the message when there is no type', () => {
    expect(eventOf({ type: 'transcribe_speech_ended', data: { ...speech, message: '' } })).toMatchObject({
      phase: 'ended',
    })
    expect(eventOf(speech)).toMatchObject({ kind: 'speech', phase: 'interim', text: 'Hel' })
    expect(eventOf({ ...speech, message: '' })).toMatchObject({ kind: 'speech', phase: 'unknown' })
  })

  it('infers from tm_delete that a bare resource was deleted', () => {
    expect(eventOf({ ...call, tm_delete: '2026-02-21T10:05:02Z' })).toMatchObject({ type: 'call_deleted' })
    expect(eventOf({ ...call, tm_delete: '9999-01-01 00:00:00.000000' })).toMatchObject({
      type: 'call_ringing',
    })
  })

  it.each([
    ['a recording', { id: 'r', reference_type: 'call', format: 'wav' }],
    ['a summary', { id: 's', reference_type: 'call', reference_id: 'c1', content: '…' }],
    ['an activeflow', { id: 'f', current_action: {} }],
    ['a type of the future', { event_type: 'hologram_projected', data: { id: 'h1' } }],
  ])('passes %s on as other', (_name, frame) => expect(eventOf(frame).kind).toBe('other'))

  it('knows an AI call and its messages, bare as in an envelope', () => {
    const message = { id: 'm', aicall_id: 'a', role: 'assistant', content: 'x' }
    for (const frame of [message, { type: 'aimessage_created', data: message }])
      expect(eventOf(frame)).toMatchObject({
        kind: 'aiMessage',
        message: { aiCallId: 'a', role: 'assistant', empty: false },
      })
    const aiCall = {
      id: 'a',
      confbridge_id: 'b',
      ai_engine_model: 'm',
      status: 'progressing',
      reference_id: 'c1',
    }
    expect(eventOf(aiCall)).toMatchObject({ kind: 'aiCall', aiCall: { callId: 'c1', status: 'progressing' } })
  })

  it('has one key for the two deliveries of one event and another for the next state', () => {
    const keyOf = (frame: unknown) => {
      const parsed = parseFrame(JSON.stringify(frame))
      return parsed.ok ? parsed.key : undefined
    }
    const first = { event_type: 'call_ringing', topic: 'customer_id:C:call:c1', data: call }
    const second = { ...first, topic: 'customer_id:C:call:call_ringing:c1' }
    expect(keyOf(first)).toBe(keyOf(second))
    expect(keyOf(call)).not.toBe(keyOf({ ...call, status: 'progressing' }))
    expect(keyOf(transcript)).not.toBe(keyOf({ ...transcript, message: 'Hello there' }))
  })

  it.each([
    ['text that is not JSON', 'pong'],
    ['a list', '[]'],
    ['null', 'null'],
    ['an object of no shape', '{"hello":"world"}'],
    ['a call without an id', '{"event_type":"call_ringing","data":{}}'],
    ['a giant', `"${'x'.repeat(frameLimit)}"`],
  ])('is unknown when it is %s', (_name, text) => expect(parseFrame(text).ok).toBe(false))

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseFrame(text).ok === 'boolean'))
    fc.assert(fc.property(fc.json(), (text) => typeof parseFrame(text).ok === 'boolean'))
  })

  it('never throws for known fields with any value in them', () => {
    const names = Object.keys({
      ...call,
      ...groupcall,
      ...transcribe,
      ...speech,
      data: 0,
      event_type: 0,
      tm_delete: 0,
    })
    const frame = fc.dictionary(fc.constantFrom(...names), fc.jsonValue())
    fc.assert(
      fc.property(
        frame,
        frame,
        fc.constantFrom('call_x', 'transcript_x', 'transcribe_speech_x', ''),
        (a, b, type) => {
          const outcomes = [a, { ...a, data: b }, { event_type: type, data: b }].map((each) =>
            parseFrame(JSON.stringify(each)),
          )
          return outcomes.every((outcome) =>
            outcome.ok ? outcome.event.kind !== undefined : outcome.why !== '',
          )
        },
      ),
      { numRuns: 500 },
    )
  })
})
