// What the window adds to a record: rows of loudness, a clock aligned with main's, and what was done.
import { expect, it, vi } from 'vitest'
import { createScope } from '../../../common/kit/scope.ts'
import type { RecordBatch } from '../../../common/model/record.ts'
import { fromBase64, toGrid, toHeights, unmeasured } from '../../../common/record/levels.ts'
import { createStandInPhone } from '../../../renderer/gallery/stand-in-phone.ts'
import { createRtpReader } from '../../../renderer/phone/flight.ts'
import { createLevelRows } from '../../../renderer/phone/level-rows.ts'
import { alignClock } from '../../../renderer/state/align-clock.ts'
import { noteActions } from '../../../renderer/state/note-actions.ts'
import { createRecordReports } from '../../../renderer/state/report-record.ts'
import { levels } from '../../support/flight.ts'

it('places a row by the middle of its frames, whatever the messages were late by', () => {
  const rows = createLevelRows()
  for (let n = 1; n <= 9; n++) rows.push(0.1, 1_000 + n * 20 + (n === 4 ? 15 : 0))
  expect(rows.take()?.at).toBe(1_000)
  expect(rows.take()).toBeUndefined()
})

it('leaves a hole where frames were lost', () => {
  const rows = createLevelRows()
  rows.push(0.1, 1_020)
  rows.push(0.1, 1_140)
  expect([...fromBase64(rows.take()?.data ?? '')]).toEqual([40, ...Array(5).fill(unmeasured), 40])
})

it('lays rows out on one grid, and shows how loud each slice of it is', () => {
  const grid = toGrid([levels(100, 'ear', [1, 1]), levels(180, 'ear', [0.001])])
  expect([...grid.frames]).toEqual([0, 0, unmeasured, unmeasured, 120])
  const heights = toHeights(grid, 60, 160, 5)
  expect([...heights]).toEqual([0, 0, 1, 1, 0])
})

it('takes the exchange that was shortest for the truth about the clock', async () => {
  vi.useFakeTimers()
  const scope = createScope('test')
  let now = 0
  const waits = [40, 4, 100, 20, 60]
  const clock = alignClock(scope, {
    now: () => now,
    async ask() {
      const wait = waits.shift() ?? 10
      now += wait / 4
      const answer = now + 5_000
      now += (wait * 3) / 4
      return answer
    },
  })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(clock.best()).toEqual({ offsetMs: 4_999, uncertaintyMs: 2, exchanges: 5 })
  await scope.end()
  vi.useRealTimers()
})

it('reports once a second in one message, and nothing when nothing was', async () => {
  vi.useFakeTimers()
  const scope = createScope('test')
  const sent: RecordBatch[] = []
  const reports = createRecordReports(() => 7)
  reports.open(scope, {
    'record.clock': async () => ({ at: 100 }),
    'record.add': async ({ batch }) => {
      sent.push(batch as RecordBatch)
      return null
    },
  })
  reports.step({ kind: 'action', title: 'Answer', sessionId: 'one' })
  reports.rtp('one', { packetsSent: 1, packetsReceived: 2, packetsLost: 0 })
  reports.shown({ callId: 'c', id: 'l', status: 'final', at: 0, t: 3 })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(sent).toHaveLength(1)
  expect(sent[0]).toMatchObject({
    clock: { offsetMs: 93 },
    steps: [{ t: 7, title: 'Answer' }],
    rtp: [{ t: 7, sessionId: 'one' }],
    shown: [{ t: 3, id: 'l' }],
  })
  await scope.end()
  vi.useRealTimers()
})

it('notes what is done with the phone, and never what was typed or pressed', async () => {
  const steps: unknown[] = []
  const phone = noteActions(createStandInPhone(), { step: (step) => void steps.push(step) })
  await phone.dial('+15550200042')
  await phone.sendDtmf('one', '4711#')
  await phone.handlers['phone.answer']({ sessionId: 'one' })
  phone.setMuted('one', true)
  expect(steps).toEqual([
    { kind: 'action', title: 'Dial' },
    { kind: 'action', title: 'Keys', sessionId: 'one' },
    { kind: 'action', title: 'Answer', sessionId: 'one' },
    { kind: 'action', title: 'Mute', sessionId: 'one' },
  ])
})

it('tells how long sound waited in the buffer since the sample before', () => {
  const read = createRtpReader()
  const report = (jitterBufferDelay: number, jitterBufferEmittedCount: number) => [
    {
      type: 'inbound-rtp',
      kind: 'audio',
      packetsReceived: 50,
      jitter: 0.004,
      jitterBufferDelay,
      jitterBufferEmittedCount,
    },
    { type: 'outbound-rtp', kind: 'audio', packetsSent: 49 },
    { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 0.05, fractionLost: 0.1 },
    { type: 'inbound-rtp', kind: 'video', packetsReceived: 1 },
  ]
  expect(read(report(48_000 * 0.04, 48_000))).toEqual({
    packetsSent: 49,
    packetsReceived: 50,
    packetsLost: 0,
    jitterMs: 4,
    rttMs: 50,
    bufferMs: 40,
    theirLoss: 0.1,
  })
  expect(read(report(48_000 * 0.14, 96_000)).bufferMs).toBe(100)
  expect(read(report(48_000 * 0.14, 96_000)).bufferMs).toBeUndefined()
})
