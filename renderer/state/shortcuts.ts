// The keys of the table of actions, and the digits of a call. Text fields keep their own keys.
import { type ActionId, findAction } from '../view/action-table.ts'
import { toCall } from '../view/call-view.ts'
import { isBare, isTyped, toChord } from '../view/keys.ts'
import { toKeysText, whyNotKeys } from '../view/keys-view.ts'
import { isLive } from '../view/sessions.ts'
import { toRuns } from './action-runs.ts'
import type { Companion } from './companion.tsx'

const reloads = /^(Ctrl\+(Shift\+)?R|((Ctrl|Shift)\+)?F5)$/

/** What counts also where the palette or the list of keys lies over the screen. */
const overOverlay: ReadonlySet<ActionId> = new Set([
  'palette.open',
  'keys.open',
  'call.answer',
  'call.end',
  'call.mute',
  'call.silence',
  'speak.silence',
])

/** Starts listening; returns the function that stops it. */
export function followShortcuts(companion: Companion): () => void {
  const { copy, phone, actions, ui } = companion
  const onKeyDown = (event: KeyboardEvent) => {
    const chord = toChord(event)
    // Loaded again, the window loses its calls.
    if (reloads.test(chord) && phone.store.getState().sessions.some(isLive)) event.preventDefault()
    const { screen, overlay } = ui.getState()
    const id = event.isComposing ? undefined : findAction(chord, screen)
    if (id === undefined || ((isBare(chord) || isTyped(event)) && isField(event.target))) return
    const run = overlay === 'none' || overOverlay.has(id) ? toRuns(companion)[id] : undefined
    // A browser has its own use for them: what cannot be done now must not become something else.
    if (run || chord.startsWith('Ctrl+Shift+')) event.preventDefault()
    // Held down it would toggle many times a second.
    if (!event.repeat) run?.()
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
