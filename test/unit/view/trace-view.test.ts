import { expect, test } from 'vitest'
import { traceRows } from '../../../renderer/gallery/rows.ts'
import { filterTrace, toClipboard, toReadable } from '../../../renderer/view/trace-view.ts'

const rows = traceRows(16)

test('no choice and no text show everything without copying', () => {
  expect(filterTrace(rows, [], '  ')).toBe(rows)
})

test('sources and every word of the text must fit; title, result and body count', () => {
  expect(new Set(filterTrace(rows, ['sip'], '').map(({ source }) => source))).toEqual(new Set(['sip']))
  expect(filterTrace(rows, [], 'RINGING b2d6').map(({ title }) => title)).toEqual([
    'call_ringing',
    'call_ringing',
  ])
  expect(filterTrace(rows, [], 'max-forwards').every(({ title }) => title === 'REGISTER')).toBe(true)
  expect(filterTrace(rows, ['media'], 'register')).toEqual([])
})

test('JSON is set out in lines, broken JSON and SIP stay as they are', () => {
  expect(toReadable('{"a":1}')).toBe('{\n  "a": 1\n}')
  expect(toReadable('{"a":')).toBe('{"a":')
  expect(toReadable('REGISTER sip:x SIP/2.0')).toBe('REGISTER sip:x SIP/2.0')
})

test('what is copied begins with time, source and title', () => {
  const [row] = rows
  if (!row) throw new Error('fixture')
  expect(toClipboard(row)).toMatch(/^\d{4}-.*Z {2}api {2}out {2}POST \/auth\/login {2}200\n\n\{/)
})
