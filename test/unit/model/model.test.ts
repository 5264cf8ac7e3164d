// The reducers of the model: calls never go back, transcripts stay in order.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Call, type CallStatus, callRank, newerCall } from '../../../common/model/call.ts'
import { applyEntries, type TranscriptLine } from '../../../common/model/transcript.ts'

const aCall = (status: CallStatus, updatedAt = 0): Call => ({
  id: 'c1',
  status,
  direction: 'outgoing',
  source: { type: 'tel', target: '1', targetName: '' },
  destination: { type: 'extension', target: '', targetName: '2000' },
  chainedCallIds: [],
  updatedAt,
})
const statuses = Object.keys(callRank) as CallStatus[]

describe('of two views of a call', () => {
  it('the later status counts, even if it was written earlier', () => {
    expect(newerCall(aCall('hangup', 1), aCall('ringing', 9)).status).toBe('hangup')
    expect(newerCall(aCall('dialing', 9), aCall('progressing', 1)).status).toBe('progressing')
  })
  it('the newer counts when the status is the same', () => {
    expect(newerCall(aCall('ringing', 5), aCall('ringing', 6)).updatedAt).toBe(6)
    expect(newerCall(aCall('ringing', 6), aCall('ringing', 5)).updatedAt).toBe(6)
  })
  it('any order of events ends in the same status', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(statuses, { minLength: 1 }), (order) => {
        const last = order.reduce<Call | undefined>(
          (known, status, n) => newerCall(known, aCall(status, n)),
          undefined,
        )
        expect(callRank[last?.status ?? 'unknown']).toBe(Math.max(...order.map((status) => callRank[status])))
      }),
    )
  })
})

const line = (id: string, createdAt: number, more: Partial<TranscriptLine> = {}): TranscriptLine => ({
  kind: 'line',
  id,
  callId: 'c1',
  transcribeId: 't1',
  direction: 'out',
  text: id,
  status: 'final',
  createdAt,
  arrivedAt: createdAt,
  source: 'event',
  ...more,
})

describe('transcript entries', () => {
  it('end in the same order however they are split and shuffled', () => {
    const all = Array.from({ length: 8 }, (_, n) => line(`l${n}`, n))
    fc.assert(
      fc.property(
        fc.shuffledSubarray(all, { minLength: 8 }),
        fc.integer({ min: 0, max: 8 }),
        (order, cut) => {
          const entries = applyEntries(applyEntries([], order.slice(0, cut)), order.slice(cut))
          expect(entries.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
        },
      ),
    )
  })
  it('replace an entry with the same id', () => {
    expect(applyEntries([line('a', 1)], [line('a', 1, { text: 'new' })])).toMatchObject([{ text: 'new' }])
  })
  it('lose the interim line of a direction to its final, and only that one', () => {
    const interims = [
      line('i-out', 1, { status: 'interim' }),
      line('i-in', 1, { status: 'interim', direction: 'in' }),
    ]
    expect(applyEntries(interims, [line('f', 2)]).map(({ id }) => id)).toEqual(['i-in', 'f'])
  })
  it('leave the array they came from as it was', () => {
    const before = [line('a', 1)]
    applyEntries(before, [line('b', 0)])
    expect(before.map(({ id }) => id)).toEqual(['a'])
  })
})
