// The History screen as a snapshot.
import { describe, expect, it } from 'vitest'
import {
  initialSearch,
  toHistoryRow,
  toMore,
  toNews,
  toOutcome,
  toPieces,
  toQuery,
} from '../../../renderer/view/history-view.ts'
import { aDetail, noon } from '../../support/history.ts'

const call = (more: Parameters<typeof aDetail>[1] = {}) => aDetail([], more).call
const marked = (text: string, words: string) =>
  toPieces(text, words)
    .map((piece) => (piece.found ? `[${piece.text}]` : piece.text))
    .join('')

describe('a row', () => {
  it('says who, when, how long; an unanswered call says how it came out instead', () => {
    expect(toHistoryRow(call(), '', noon)).toMatchObject({ name: 'Mina', way: 'incoming', length: '1:00' })
    expect(toHistoryRow(call({ answeredAt: undefined, outcome: 'canceled' }), '', noon)).toMatchObject({
      way: 'missed',
      outcome: 'Missed',
      length: undefined,
    })
  })
  it('has the time today, the day this year and the year before', () => {
    const at = (startedAt: number) => toHistoryRow(call({ startedAt }), '', noon).when
    expect(at(noon)).toMatch(/^\d\d:\d\d$/)
    expect(at(noon - 5 * 86_400_000)).toMatch(/^15 Nov, /)
    expect(at(noon - 400 * 86_400_000)).toMatch(/2025$/)
  })
  it('shows where the words were found, else the note, else the address', () => {
    const text = (more: Parameters<typeof call>[0]) => toHistoryRow(call(more), '', noon).text[0]?.text
    expect(text({ hit: { text: 'Found here.', count: 1 }, note: 'n' })).toBe('Found here.')
    expect(text({ note: 'Call back' })).toBe('Call back')
    expect(text({})).toContain('@')
  })
})

describe('an outcome', () => {
  it.each([
    ['incoming', 'canceled', 'Missed'],
    ['incoming', 'interrupted', 'Missed'],
    ['incoming', 'declined', 'Declined'],
    ['incoming', 'doNotDisturb', 'Missed, do not disturb'],
    ['incoming', 'engaged', 'Missed, in another call'],
    ['outgoing', 'notAnswered', 'No answer'],
    ['outgoing', 'hungUpByUs', 'You gave up'],
    ['outgoing', undefined, 'Call is up'],
  ] as const)('of an unanswered %s call that was %s is “%s”', (direction, outcome, text) => {
    expect(toOutcome(call({ direction, outcome, answeredAt: undefined }))).toBe(text)
  })
})

describe('found words', () => {
  it('stand out where a word begins so, in every script, and nothing else does', () => {
    expect(marked('The invoice is no voice.', 'voi')).toBe('The invoice is no [voi]ce.')
    expect(marked('Überweisung und Rechnung', 'übe rech')).toBe('[Übe]rweisung und [Rech]nung')
    expect(marked('請求書の番号', '番号')).toBe('請求書の[番号]')
    expect(marked('1 + 1 (of 2)', '+ (')).toBe('1 + 1 (of 2)')
  })
  it('of a long line are brought to its front', () => {
    const text = `${'and so on '.repeat(20)}until the pineapple came`
    expect(marked(text, 'pine')).toMatch(/^… .{0,40}\[pine\]apple came$/)
  })
})

describe('what is asked of main', () => {
  const office = { profile: 'office', customer: 'acme' }

  it('is the profile in use, unless all are wanted, and a time that ends now', () => {
    expect(toQuery({ ...initialSearch, missed: true, period: 'day' }, office, noon)).toMatchObject({
      profile: 'office',
      customer: 'acme',
      kind: 'missed',
      fromAt: noon - 86_400_000,
    })
    expect(toQuery({ ...initialSearch, everywhere: true }, office, noon)).toMatchObject({
      profile: '',
      customer: '',
      kind: 'all',
    })
  })
})

it('earlier calls are offered up to as many as are ever asked for', () => {
  expect(toMore(500, 500, 700)).toEqual({ limit: 1_500, count: 200 })
  expect(toMore(19_500, 19_500, 50_000)).toEqual({ limit: 20_000, count: 500 })
  expect(toMore(20_000, 20_000, 50_000)).toBeUndefined()
  expect(toMore(500, 300, 300)).toBeUndefined()
})

it('the open call is read again while it runs, and afterwards only when something of it changed', () => {
  const news = (more: Parameters<typeof call>[0], revision: number) =>
    toNews({ status: 'ready', calls: [call(more)], total: 1 }, 'c1', revision)
  expect(news({}, 1)).toBe(news({}, 2))
  expect(news({ flagged: true }, 1)).not.toBe(news({}, 1))
  expect(news({ lines: 9 }, 1)).not.toBe(news({}, 1))
  const up = { outcome: undefined, endedAt: undefined }
  expect(news(up, 1)).not.toBe(news(up, 2))
  expect(toNews({ status: 'ready', calls: [], total: 0 }, 'c1', 1)).toBe(1)
})
