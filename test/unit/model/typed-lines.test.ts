// Which lines of a call are credited to the keyboard.
import { expect, it } from 'vitest'
import { findTypedLines } from '../../../common/model/typed-lines.ts'
import { aSpokenLine } from '../../support/history.ts'

const line = (id: string, text: string, arrivedAt: number) => aSpokenLine(id, text, { arrivedAt })
const item = (text: string, more: Partial<Parameters<typeof findTypedLines>[1][number]> = {}) => ({
  text,
  status: 'transcribed' as const,
  sentAt: 100,
  ...more,
})
const found = (lines: ReturnType<typeof line>[], ...items: ReturnType<typeof item>[]) => [
  ...findTypedLines(lines, items),
]

it('one typed text is one line: what the other side says alike, before or after, is theirs', () => {
  const lines = [line('early', 'Yes.', 50), line('mine', 'Yes.', 150), line('echo', 'Yes.', 200)]
  expect(found(lines, item('Yes.'))).toEqual(['mine'])
  expect(found(lines, item('Yes.'), item('Yes.', { sentAt: 160 }))).toEqual(['mine', 'echo'])
})
it.each(['waiting', 'sending', 'flushed', 'failed'] as const)(
  'what is %s was said by nobody here',
  (status) => {
    expect(found([line('a', 'Yes.', 150)], { ...item('Yes.'), status: status as never })).toEqual([])
  },
)
it.each(['flushed', 'interrupted'] as const)(
  'of what was %s only the part that was transcribed',
  (status) => {
    const cut = { ...item('One two three.'), status: status as never }
    expect(found([line('a', 'One two three.', 150)], cut)).toEqual([])
    const partly = { ...cut, transcriptText: 'One two' } as never
    expect(found([line('a', 'One two', 150), line('b', 'Three.', 160)], partly)).toEqual(['a'])
  },
)
it('what was never sent was said by nobody here', () => {
  expect(found([line('a', 'Yes.', 150)], { ...item('Yes.'), sentAt: undefined as never })).toEqual([])
})
it('a long text that came as several lines is typed in each of them, also where it was misheard', () => {
  const lines = [line('a', 'Won two.', 150), line('b', 'Really?', 160), line('c', 'Three.', 170)]
  expect(found(lines, item('One two. Three.', { transcriptText: 'Won two. Three.' } as never))).toEqual([
    'a',
    'c',
  ])
})
