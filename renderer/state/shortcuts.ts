// The keys of the table of actions, and the digits of a call. Text fields keep their own keys.
import { findAction } from '../view/action-table.ts'
import { toCall } from '../view/call-view.ts'
import { isBare, toChord } from '../view/keys.ts'
import { toKeysText, whyNotKeys } from '../view/keys-view.ts'
import { toRuns } from './action-runs.ts'
import type { Companion } from './companion.tsx'

/** Starts listening; returns the function that stops it. */
export function followShortcuts(companion: Companion): () => void {
  const { copy, phone, actions, ui } = companion
  const onKeyDown = (event: KeyboardEvent) => {
    const chord = toChord(event)
    const id = event.isComposing ? undefined : findAction(chord, ui.getState().screen)
    if (id === undefined || (isBare(chord) && isField(event.target))) return
    const run = toRuns(companion)[id]
    if (!run) return
    event.preventDefault()
    // Held down it would toggle many times a second.
    if (!event.repeat) run()
  }
  /** Digits typed outside of a field, on the call, are telephone keys. */
  const onDigit = (event: KeyboardEvent) => {
    const { screen, overlay } = ui.getState()
    if (screen !== 'call' || overlay !== 'none' || event.ctrlKey || event.metaKey || event.altKey) return
    if (!/^[0-9*#]$/.test(event.key) || isField(event.target)) return
    const view = toCall(copy.getState().app, phone.store.getState(), actions)
    if (view.phase === 'inCall') view.keys.press?.(event.key)
  }
  /** A row of keys that is pasted stands in its field first. */
  const onPaste = (event: ClipboardEvent) => {
    const { screen, overlay } = ui.getState()
    if (screen !== 'call' || overlay !== 'none' || isField(event.target)) return
    const view = toCall(copy.getState().app, phone.store.getState(), actions)
    const text = event.clipboardData?.getData('text/plain').trim() ?? ''
    if (view.phase !== 'inCall' || !view.keys.press || !/\d/.test(text) || whyNotKeys(text)) return
    event.preventDefault()
    ui.setState({ panel: 'keypad', keys: toKeysText(text), focus: 'keys' })
  }
  addEventListener('paste', onPaste)
  addEventListener('keydown', onKeyDown)
  addEventListener('keydown', onDigit)
  return () => {
    removeEventListener('paste', onPaste)
    removeEventListener('keydown', onKeyDown)
    removeEventListener('keydown', onDigit)
  }
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
