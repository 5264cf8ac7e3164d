// The trace: bounded, numbered, without secrets, and never a reason to fail.
import { expect, it } from 'vitest'
import type { NewTraceRow, TraceRow } from '../../../common/model/trace.ts'
import { createTrace } from '../../../main/trace/trace.ts'

function setUp(limit?: number) {
  const added: TraceRow[][] = []
  const trace = createTrace({ added: (rows) => added.push(rows), cleared: () => added.push([]) }, limit)
  return { trace, added }
}
const row = (title: string, more: Partial<NewTraceRow> = {}): NewTraceRow => ({
  at: 1,
  source: 'api',
  direction: 'out',
  title,
  ...more,
})

it('numbers rows in the order they came and tells each once', () => {
  const { trace, added } = setUp()
  trace.add([row('a'), row('b')])
  trace.add([row('c')])
  expect(added.map((rows) => rows.map(({ id, title }) => `${id}${title}`))).toEqual([['1a', '2b'], ['3c']])
})
it('keeps the newest rows only', () => {
  const { trace } = setUp(10)
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
