// @vitest-environment jsdom
// The History screen: what its keys and buttons ask for.
import { act } from 'react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { App } from '../../../renderer/app.tsx'
import { History } from '../../../renderer/screens/History.tsx'
import { galleryState, prepareJsdom, render } from '../../support/render.tsx'

let shown: Awaited<ReturnType<typeof render>>
beforeAll(prepareJsdom)
beforeEach(() => {
  // A list that has no height draws no rows.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(400)
})
afterEach(() => vi.restoreAllMocks())
afterEach(() => shown.close())

const open = async (id: string) => {
  shown = await render(galleryState(`history-${id}`), <History />)
  return shown
}
const asked = (name: string) => shown.calls.filter(([one]) => one === name).map(([, ...more]) => more)
const key = (where: Element | Window, name: string, more: KeyboardEventInit = {}) =>
  act(async () => {
    where.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more }))
  })
const listbox = () => shown.element.querySelector('[role=listbox]') as HTMLElement
const type = async (text: string) => {
  const note = shown.element.querySelector('textarea') as HTMLTextAreaElement
  await act(async () => {
    note.focus()
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(note, text)
    note.dispatchEvent(new Event('input', { bubbles: true }))
  })
  return note
}

describe('the history', () => {
  it('says that there are no calls yet, that none matches, and why it cannot be read', async () => {
    expect((await open('empty')).element.textContent).toContain('No calls yet')
    await shown.close()
    expect((await open('nothing')).element.textContent).toContain('No call matches')
    await shown.click('Show all')
    expect(shown.ui.getState().history.search).toMatchObject({ text: '', missed: false })
    await shown.close()
    expect((await open('failed')).element.querySelector('[data-code="history.unavailable"]')).not.toBeNull()
  })
  it('moves with the arrow keys, selects with Space and closes with Escape', async () => {
    await open('call')
    await key(listbox(), 'ArrowDown')
    await key(listbox(), 'ArrowUp')
    await key(listbox(), 'End')
    await key(listbox(), 'Escape')
    expect(asked('history.read').map(([id]) => id)).toEqual([
      'call-1',
      'call-2',
      'call-0',
      'call-999',
      undefined,
    ])
    await key(listbox(), ' ')
    expect(shown.ui.getState().history.selected).toEqual(['call-1'])
    expect(shown.element.textContent).toContain('1 call selected')
  })
  it.each([
    ['/', {}],
    ['f', { ctrlKey: true }],
  ])('%s leads to the search field', async (name, more) => {
    // The keys of the program are the window's, not the screen's.
    shown = await render(galleryState('history-list'), <App />)
    await key(window, name, more)
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Search the history')
  })
  it('after a call is closed the keyboard goes on at its row', async () => {
    await open('call')
    shown.button('Close the call')?.focus()
    await act(async () =>
      shown.ui.setState(({ history }) => ({
        history: { ...history, open: undefined, detail: { status: 'none' } },
      })),
    )
    expect(document.activeElement?.id).toBe('history-call-1')
    await key(document.activeElement as Element, 'ArrowDown')
    expect(asked('history.read').at(-1)).toEqual(['call-2'])
  })
  it('a slash with another key is something else, and each row says its place', async () => {
    await open('list')
    await key(window, '/', { ctrlKey: true })
    expect(document.activeElement?.getAttribute('aria-label')).not.toBe('Search the history')
    const row = shown.element.querySelector('[role=option]')
    expect([row?.getAttribute('aria-posinset'), row?.getAttribute('aria-setsize')]).toEqual(['1', '1000'])
  })
  it('a slash that is typed into the note stays a slash', async () => {
    await open('call')
    const note = shown.element.querySelector('textarea') as HTMLTextAreaElement
    note.focus()
    await key(note, '/')
    expect(document.activeElement).toBe(note)
  })
  it.each([
    ['the call is closed', () => ({ open: undefined, detail: { status: 'none' as const } })],
    ['another is opened', () => ({ open: 'call-2', detail: { status: 'loading' as const } })],
  ])('a note that is being typed is saved when %s', async (_, toPatch) => {
    await open('call')
    await type('Call back on Monday')
    await act(async () => shown.ui.setState(({ history }) => ({ history: { ...history, ...toPatch() } })))
    expect(asked('ask')).toEqual([['history.mark', { id: 'call-1', note: 'Call back on Monday' }]])
  })
  it('Escape in the note leaves the note, saves it once, and the call stays open', async () => {
    await open('call')
    const note = await type('Call back')
    await key(note, 'Escape')
    expect(document.activeElement).not.toBe(note)
    expect(asked('history.read')).toEqual([['call-1']])
    await act(async () =>
      shown.ui.setState(({ history }) => ({ history: { ...history, detail: { status: 'none' } } })),
    )
    expect(asked('ask')).toEqual([['history.mark', { id: 'call-1', note: 'Call back' }]])
  })
  it('exports in the chosen format, copies, flags', async () => {
    await open('call')
    await shown.click('Export')
    await shown.click('Copy')
    await shown.click('Flag')
    expect(asked('history.save')).toEqual([[['call-1'], 'webvtt']])
    expect(asked('history.copy')).toEqual([[['call-1']]])
    expect(asked('ask')).toEqual([['history.mark', { id: 'call-1', flagged: false }]])
  })
  it('asks before it deletes', async () => {
    await open('call')
    await shown.click('Delete')
    expect(asked('history.remove')).toEqual([])
    expect(document.activeElement?.textContent).toBe('Keep')
    await shown.click('Keep')
    await shown.click('Delete')
    await shown.click('Delete')
    expect(asked('history.remove')).toEqual([[['call-1']]])
  })
  it('several at once', async () => {
    await open('long')
    expect(shown.element.textContent).toContain('2 calls selected')
    await shown.click('Select all 8')
    expect(shown.ui.getState().history.selected).toHaveLength(8)
    await shown.click('None')
    expect(shown.element.textContent).not.toContain('selected')
  })
})
