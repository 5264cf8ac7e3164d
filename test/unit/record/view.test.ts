import { expect, it } from 'vitest'
import type { RecordItem } from '../../../common/model/record.ts'
import { toLaneAt } from '../../../renderer/view/record-drawing.ts'
import { toKnown, toSoundNow } from '../../../renderer/view/record-known.ts'
import { toT, toX } from '../../../renderer/view/record-pencil.ts'
import {
  type Cursor,
  type RecordBoard,
  toBoard,
  toMoved,
  toNearest,
  toPanned,
  toSpokenMoment,
  toStart,
  toZoomed,
} from '../../../renderer/view/record-view.ts'
import { aFlight, aLine, aSip, levels } from '../../support/flight.ts'

const state = (t: number, what: string, to: string): RecordItem => ({ kind: 'state', t, what, to })
const board = toBoard({
  record: aFlight(
    [
      state(-500, 'registration', 'registered'),
      aSip(0, 'in', 'INVITE'),
      aSip(4_000, 'out', '200 OK (INVITE)', '200'),
      state(4_000, 'session', 'established'),
      aLine(9_000, 'a', 'Good morning'),
      { kind: 'shown', t: 9_010, id: 'a', status: 'final' },
      aLine(30_000, 'b', 'Thank you', { direction: 'in' }),
      aSip(60_000, 'in', 'BYE'),
    ],
    {
      levels: [levels(4_000, 'ear', [0.1, 0])],
      rtp: [sample(5_000, 0), sample(6_000, 50), sample(7_000, 100)],
    },
  ),
  withBody: [],
})

function sample(t: number, packetsReceived: number) {
  return { t, packetsSent: 0, packetsReceived, packetsLost: 0, bufferMs: 40 }
}

const at = (t: number, more: Partial<Cursor> = {}): Cursor => ({ ...toStart(board), t, ...more })
const press = (
  cursor: Cursor,
  key: string,
  more: { shift?: boolean; ctrl?: boolean } = {},
  on: RecordBoard = board,
) => toMoved(on, cursor, { key, shift: false, ctrl: false, ...more })

it.each([
  ['ArrowRight', {}, 11_000],
  ['ArrowLeft', {}, 9_000],
  ['ArrowRight', { shift: true }, 10_020],
  ['PageDown', {}, 20_000],
  ['PageUp', {}, 0],
  ['Home', {}, -500],
  ['End', {}, 60_000],
  ['n', {}, 30_000],
  ['p', {}, 9_000],
  ['ArrowRight', { ctrl: true }, 30_000],
])('goes with %s %o from 10 s to %i ms', (key, more, t) => {
  expect(press(at(10_000), key, more)?.t).toBe(t)
})

it('goes from lane to lane, and stops at the first and the last one', () => {
  expect(press(at(0), 'ArrowDown')?.lane).toBe('signalling')
  expect(press(at(0), 'ArrowUp')?.lane).toBe('sound')
  expect(press(at(0, { lane: 'done' }), 'ArrowDown')?.lane).toBe('done')
})

it('goes through events of one moment one by one', () => {
  const twice = toBoard({
    record: aFlight([aSip(5, 'in', 'A'), aSip(5, 'out', 'B'), aSip(9, 'in', 'C')]),
    withBody: [],
  })
  const first = press(at(0, { lane: 'signalling' }), 'n', {}, twice) as Cursor
  const second = press(first, 'n', {}, twice) as Cursor
  expect([first.item, second.item, press(second, 'n', {}, twice)?.item]).toEqual([0, 1, 2])
})

it('leaves other keys to the page', () => {
  expect(press(at(0), 'Tab')).toBeUndefined()
})

it('comes nearer around the moment, shows all again, and keeps the moment in sight', () => {
  const near = toZoomed(board, at(10_000), 0.1)
  expect(near.view.toT - near.view.fromT).toBeCloseTo(6_050)
  expect(toX(near, 10_000, 100)).toBeCloseTo(toX(at(0), 10_000, 100))
  expect(press(near, 'End')?.view.toT).toBe(60_000)
  expect(press(near, '0')?.view).toEqual(board.span)
  expect(toPanned(board, near, -99_000).view.fromT).toBe(-500)
  expect(toT(near, toX(near, 12_345, 700), 700)).toBeCloseTo(12_345)
})

it('finds the event beside the pointer, and the lane under it', () => {
  expect(toNearest(board, 'text', 9_100, 200)).toBe(4)
  expect(toNearest(board, 'text', 9_300, 200)).toBeUndefined()
  expect(toLaneAt(10)).toBe('sound')
  expect(toLaneAt(100)).toBe('text')
})

it('says where it is and what was last there', () => {
  expect(toSpokenMoment(board, at(12_345))).toEqual({ at: '0:12.345', what: 'Them: Good morning' })
  expect(toSpokenMoment(board, at(0))).toEqual({ at: '0:00.000', what: '' })
})

it('knows at any moment the last word of everything, and nothing that came later', () => {
  const known = (t: number) => Object.fromEntries(toKnown(board, t).map(({ id, value }) => [id, value]))
  expect(known(3_999)).toEqual({ registration: 'registered', sip: 'SIP ← INVITE' })
  expect(known(9_000)).toMatchObject({ call: 'established', them: 'Good morning' })
  expect(known(9_000).you).toBeUndefined()
})

it('tells how loud it was, and the quality of the second before', () => {
  expect(toSoundNow(board, 4_010).ear).toBeCloseTo(-20)
  expect(toSoundNow(board, 4_030).ear).toBe(Number.NEGATIVE_INFINITY)
  expect(toSoundNow(board, 4_050).ear).toBeUndefined()
  expect(toSoundNow(board, 6_200)).toMatchObject({ bufferMs: 40 })
  expect(toSoundNow(board, 20_000).mos).toBeUndefined()
})

it('opens a call that failed at what went wrong last', () => {
  const record = aFlight([
    aSip(0, 'out', 'INVITE'),
    { ...aSip(900, 'in', '503', '503'), tone: 'bad' } as RecordItem,
    aSip(950, 'out', 'ACK'),
  ])
  const failed = { ...record, about: { ...record.about, outcome: 'failed' } }
  expect(toStart(toBoard({ record: failed, withBody: [] }))).toMatchObject({
    t: 900,
    lane: 'signalling',
    item: 1,
  })
  expect(toStart(toBoard({ record, withBody: [] })).t).toBe(0)
})
