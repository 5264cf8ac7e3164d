// The trace: bounded, numbered, without secrets, and never a reason to fail.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NewTraceRow, TraceRow } from '../../../common/model/trace.ts'
import { createTrace, type TraceLimits } from '../../../main/trace/trace.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function setUp(limits?: TraceLimits) {
  const added: TraceRow[][] = []
  const trace = createTrace({ added: (rows) => added.push(rows), cleared: () => added.push([]) }, limits)
  return { trace, added }
}
const row = (title: string, more: Partial<NewTraceRow> = {}): NewTraceRow => ({
  at: 1,
  source: 'api',
  direction: 'out',
  title,
  ...more,
})

it('numbers rows in the order they came and tells each once, in a bundle', () => {
  const { trace, added } = setUp()
  trace.add([row('a'), row('b')])
  vi.advanceTimersByTime(100)
  trace.add([row('c')])
  trace.rows()
  vi.advanceTimersByTime(100)
  expect(added.map((rows) => rows.map(({ id, title }) => `${id}${title}`))).toEqual([['1a', '2b'], ['3c']])
})
it('keeps the newest rows only', () => {
  const { trace } = setUp({ rows: 10 })
  trace.add(Array.from({ length: 2000 }, (_, n) => row(String(n))))
  expect(trace.rows().map(({ title }) => title)).toEqual([
    '1990',
    '1991',
    '1992',
    '1993',
    '1994',
    '1995',
    '1996',
    '1997',
    '1998',
    '1999',
  ])
})
it('takes secrets out at capture', () => {
  const { trace } = setUp()
  trace.add([
    row('GET /x?accesskey=vb_1234567890', { body: '{"password":"hunter2"}', result: 'Bearer abc.def' }),
  ])
  expect(JSON.stringify(trace.rows())).not.toMatch(/hunter2|vb_1234567890|abc\.def/)
})
it('cuts long bodies and titles', () => {
  const { trace } = setUp()
  trace.add([row('t'.repeat(999), { body: 'b'.repeat(99_999) })])
  const [only] = trace.rows()
  expect([only?.title.length, only?.body?.length]).toEqual([300, 32_768])
})
it('drops a row that does not fit instead of failing its reporter', () => {
  const { trace } = setUp()
  trace.add([{ ...row('bad'), at: Number.NaN }, row('good')])
  expect(trace.rows().map(({ title }) => title)).toEqual(['good'])
})
it('starts again when cleared, with numbers that go on', () => {
  const { trace } = setUp()
  trace.add([row('a')])
  trace.clear()
  trace.add([row('b')])
  expect(trace.rows().map(({ id }) => id)).toEqual([2])
})

describe('what is reported does not wait for its report', () => {
  it('rows are cleaned and told only when nothing came for a moment', () => {
    const { trace, added } = setUp()
    trace.add([row('Bearer abc.def')])
    expect(added).toEqual([])
    vi.advanceTimersByTime(100)
    expect(JSON.stringify(added)).toMatch(/Bearer/)
    expect(JSON.stringify(added)).not.toMatch(/abc\.def/)
  })
  it('a stream that never rests is told all the same', () => {
    const { trace, added } = setUp()
    for (let n = 0; n < 40; n++) {
      trace.add([row(String(n))])
      vi.advanceTimersByTime(10)
    }
    expect(added.length).toBeGreaterThan(0)
  })
  it('a burst is cleaned in parts, in order and without a loss', async () => {
    const { trace, added } = setUp()
    for (let n = 0; n < 1000; n++) trace.add([row(String(n))])
    await vi.advanceTimersByTimeAsync(100)
    expect(added.length).toBeGreaterThan(1)
    expect(added.flat().map(({ title }) => title)).toEqual(Array.from({ length: 1000 }, (_, n) => String(n)))
  })
  it('too much of it is not left lying', () => {
    const { trace, added } = setUp()
    for (let n = 0; n < 9; n++) trace.add([row('big', { body: 'b'.repeat(1024 * 1024) })])
    expect(added.flat().length).toBeGreaterThanOrEqual(5)
  })
  it('what was reported before clearing does not come after it', () => {
    const { trace, added } = setUp()
    trace.add([row('a')])
    trace.clear()
    vi.advanceTimersByTime(1000)
    expect(added).toEqual([[]])
  })
})

describe('the texts together', () => {
  const sizes = (rows: TraceRow[]) => rows.map(({ body }) => body?.length)
  it('are bounded: the oldest are left out and their rows stay', () => {
    const { trace } = setUp({ bytes: 1000 })
    for (let n = 0; n < 5; n++) trace.add([row(String(n), { body: 'b'.repeat(400) })])
    const rows = trace.rows()
    expect(rows.map(({ title }) => title)).toEqual(['0', '1', '2', '3', '4'])
    expect(rows[2]?.body).toBe('text dropped: too old')
    expect(sizes(rows).slice(3)).toEqual([400, 400])
  })
  it('count what memory they take: two bytes a character beyond Latin-1', () => {
    const { trace } = setUp({ bytes: 1000 })
    for (let n = 0; n < 2; n++) trace.add([row(String(n), { body: '→'.repeat(300) })])
    expect(sizes(trace.rows())).toEqual([21, 300])
  })
  it('are counted on when old rows are cut and after clearing', () => {
    const { trace } = setUp({ rows: 2, bytes: 1000 })
    for (let n = 0; n < 1200; n++) {
      trace.add([row(String(n), { body: 'b'.repeat(400) })])
      if (n % 100 === 0) trace.rows()
    }
    expect(sizes(trace.rows())).toEqual([400, 400])
    trace.clear()
    trace.add([row('a', { body: 'b'.repeat(900) })])
    expect(sizes(trace.rows())).toEqual([900])
  })
  it('a secret across the cut is taken out whole', () => {
    const { trace } = setUp()
    trace.add([row('a', { body: `${'b'.repeat(32_755)}{"token":"hunter2hunter2"}` })])
    expect(trace.rows()[0]?.body).not.toMatch(/hunt/)
  })
})
