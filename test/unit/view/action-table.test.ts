// The table of actions: every key is clear, every pressed key finds its row.
import { describe, expect, it } from 'vitest'
import { phrase, say } from '../../../common/words/say.ts'
import {
  actionIds,
  actionParts,
  actionTable,
  findAction,
  findTwice,
  toAction,
} from '../../../renderer/view/action-table.ts'
import { isBare, isTyped, toAriaKeys, toChord, toKeyText } from '../../../renderer/view/keys.ts'

const pressed = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

describe('the table of actions', () => {
  it('binds no key twice where both would be heard', () => {
    expect(findTwice()).toEqual([])
  })

  it.each([
    ['everywhere', {}],
    ['on its screen', { on: 'quickstart' as const }],
  ])('tells a key that is bound twice, %s', (_where, where) => {
    const again = {
      part: 'calling' as const,
      words: phrase('Again'),
      keys: ['Ctrl+Enter'] as [string],
      ...where,
    }
    expect(findTwice({ ...actionTable, again })).toEqual(['Ctrl+Enter: quickstart.run, again'])
  })

  it('lets one key do two things on two screens', () => {
    const row = {
      part: 'calling' as const,
      words: phrase('Again'),
      keys: ['Ctrl+Enter'] as [string],
      on: 'trace' as const,
    }
    expect(findTwice({ ...actionTable, again: row })).toEqual([])
  })

  it.each(actionIds)('%s has words, a part of the list, and a key that finds it', (id) => {
    const { words, keys, part, on = 'call' } = toAction(id)
    expect(say(words)).not.toBe('')
    expect(Object.keys(actionParts)).toContain(part)
    for (const key of keys) expect(findAction(key, on)).toBe(id)
  })

  it('keeps away from keys that a browser or a system does not give to a page', () => {
    const taken = [
      'Ctrl+N',
      'Ctrl+T',
      'Ctrl+W',
      'Ctrl+Shift+N',
      'Ctrl+Shift+T',
      'Ctrl+Shift+W',
      'Ctrl+Q',
      'Ctrl+Shift+Q',
    ]
    expect(actionIds.flatMap((id) => toAction(id).keys.filter((key) => taken.includes(key)))).toEqual([])
  })

  it('takes no bare letter or digit: those are typed', () => {
    const bare = actionIds.flatMap((id) => toAction(id).keys.filter(isBare))
    expect(bare.filter((key) => /^\w$/.test(key))).toEqual([])
  })
})

describe('a pressed key', () => {
  it.each([
    ['a', { ctrlKey: true, shiftKey: true }, 'Ctrl+Shift+A'],
    ['ф', { ctrlKey: true, shiftKey: true, code: 'KeyA' }, 'Ctrl+Shift+A'],
    ['&', { ctrlKey: true, code: 'Digit1' }, 'Ctrl+1'],
    ['/', { ctrlKey: true, shiftKey: true, code: 'Digit7' }, 'Ctrl+/'],
    ['Enter', { ctrlKey: true }, 'Ctrl+Enter'],
    ['/', {}, '/'],
    // Arabic: "/" is Shift with its L, and a letter stands where "/" is elsewhere. German: "-" stands there.
    ['/', { ctrlKey: true, shiftKey: true, code: 'KeyL' }, 'Ctrl+Shift+L'],
    ['ظ', { ctrlKey: true, code: 'Slash' }, 'Ctrl+/'],
    ['-', { ctrlKey: true, code: 'Slash' }, 'Ctrl+-'],
  ] as const)('%s with %o is %s', (key, more, chord) => {
    expect(toChord(pressed(key, more), false)).toBe(chord)
  })

  it.each([
    ['A', { metaKey: true, shiftKey: true }, 'Ctrl+Shift+A'],
    ['≥', { altKey: true, code: 'Period' }, 'Alt+.'],
    ['f', { ctrlKey: true }, 'Control+F'],
    ['/', { ctrlKey: true }, 'Control+/'],
  ] as const)('on a Mac %s with %o is %s', (key, more, chord) => {
    expect(toChord(pressed(key, more), true)).toBe(chord)
  })

  it('with Option types a sign on a Mac, and nowhere else', () => {
    const at = pressed('@', { altKey: true, code: 'Digit2' })
    expect([isTyped(at, true), isTyped(at, false)]).toEqual([true, false])
    expect(isTyped(pressed('l', { altKey: true, code: 'KeyL' }), true)).toBe(false)
    expect(isTyped(pressed('@', { altKey: true, metaKey: true, code: 'Digit2' }), true)).toBe(false)
  })

  it('is written as on the keys of the machine, and as screen readers want it', () => {
    expect(toKeyText('Ctrl+Shift+A', false)).toBe('Ctrl+Shift+A')
    expect(toKeyText('Ctrl+Shift+A', true)).toBe('⇧⌘A')
    expect(toAriaKeys('history.search', false)).toBe('Control+F /')
    expect(toAriaKeys('call.mute', true)).toBe('Meta+Shift+M')
  })
})
