// The tolerant reading of resources: nil ids, missing fields, unknown values, several shapes of one answer.
import { describe, expect, it } from 'vitest'
import { WireExtensionRow } from '../../../main/platform/wire/account.ts'
import { PlacedCalls, WireCall } from '../../../main/platform/wire/calls.ts'
import { WireTranscriptRow } from '../../../main/platform/wire/speech.ts'

const nil = '00000000-0000-0000-0000-000000000000'
const call = { id: 'c1', direction: 'outgoing', source: {}, destination: {}, status: 'dialing' }
const groupcall = { id: 'g1', call_ids: ['c1', nil, 'c2'], status: 'progressing', ring_method: 'ring_all' }

describe('a call on the wire', () => {
  it('is read with nil ids as nothing, texts for missing ones, and times in ms', () => {
    const read = WireCall.parse({
      id: 'c1',
      status: 'progressing',
      direction: 'outgoing',
      source: { type: 'tel', target: '+15550001' },
      master_call_id: nil,
      chained_call_ids: null,
      hangup_by: '',
      tm_progressing: '2026-08-30T10:00:00Z',
      something_new: { of: 'the future' },
    })
    expect(read).toMatchObject({
      source: { type: 'tel', target: '+15550001', targetName: '' },
      destination: { type: '', target: '', targetName: '' },
      chainedCallIds: [],
      progressingAt: Date.UTC(2026, 7, 30, 10),
    })
    expect(read.masterCallId).toBeUndefined()
    expect(read.hangupBy).toBeUndefined()
  })

  it('keeps a status nobody knows as unknown', () => {
    expect(WireCall.parse({ id: 'c1', status: 'levitating' }).status).toBe('unknown')
  })

  it('is refused without an id, also with the nil one', () => {
    expect(WireCall.safeParse({ status: 'ringing' }).success).toBe(false)
    expect(WireCall.safeParse({ id: nil }).success).toBe(false)
  })
})

describe('the answer to a placed call', () => {
  it.each([
    ['lists of both', { calls: [], groupcalls: [groupcall] }, [], ['g1']],
    ['lists where one is null', { calls: [call], groupcalls: null }, ['c1'], []],
    ['a bare list of calls', [call], ['c1'], []],
    ['one call', call, ['c1'], []],
    ['one groupcall', groupcall, [], ['g1']],
    ['a list of calls that holds a groupcall', { calls: [groupcall] }, [], ['g1']],
  ])('comes out the same from %s', (_name, answer, calls, groupcalls) => {
    const placed = PlacedCalls.parse(answer)
    expect(placed.calls.map((row) => row.id)).toEqual(calls)
    expect(placed.groupcalls.map((row) => row.id)).toEqual(groupcalls)
  })

  it('leaves nil ids out of the legs of a groupcall', () => {
    expect(PlacedCalls.parse(groupcall).groupcalls[0]?.callIds).toEqual(['c1', 'c2'])
  })

  it.each([[{}], [[]], [null], ['ok'], [{ calls: [] }]])(
    'is malformed when it names no call: %j',
    (answer) => {
      expect(PlacedCalls.safeParse(answer).success).toBe(false)
    },
  )
})

describe('other rows', () => {
  it('read the value of an extension from its user name where the server writes only that', () => {
    expect(WireExtensionRow.parse({ id: 'e1', username: 'desk1' }).extension).toBe('desk1')
  })

  it('give a transcript without an id one that stays the same', () => {
    const row = { transcribe_id: 't1', direction: 'in', message: 'Hi', tm_create: '2026-02-21T10:05:15Z' }
    expect(WireTranscriptRow.parse(row).id).toBe(WireTranscriptRow.parse({ ...row }).id)
    expect(WireTranscriptRow.parse(row).id).not.toBe(WireTranscriptRow.parse({ ...row, direction: 'out' }).id)
  })
})
