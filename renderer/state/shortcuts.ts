// Keys that work on every screen. Text fields keep their own keys.
import { toCall } from '../view/call-view.ts'
import type { Companion } from './companion.tsx'
import { screens } from './ui-store.ts'

/** Starts listening; returns the function that stops it. */
export function followShortcuts({ copy, phone, actions, ui }: Companion): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const view = toCall(copy.getState().app, phone.store.getState(), actions)
    const run = toShortcut(event, view)
    const screen = toScreen(event)
    if (!run && !screen) return
    event.preventDefault()
    run?.()
    if (screen) actions.open(screen)
  }
  /** Digits typed outside of a field, on the call, are telephone keys. */
  const onDigit = (event: KeyboardEvent) => {
    if (ui.getState().screen !== 'call' || event.ctrlKey || event.metaKey || event.altKey) return
    if (!/^[0-9*#]$/.test(event.key) || isField(event.target)) return
    const view = toCall(copy.getState().app, phone.store.getState(), actions)
    if (view.phase === 'inCall') view.dtmf?.(event.key)
  }
  addEventListener('keydown', onKeyDown)
  addEventListener('keydown', onDigit)
  return () => {
    removeEventListener('keydown', onKeyDown)
    removeEventListener('keydown', onDigit)
  }
}

const isCommand = (event: KeyboardEvent) => event.ctrlKey || event.metaKey

function toShortcut(event: KeyboardEvent, view: ReturnType<typeof toCall>): (() => void) | undefined {
  if (!isCommand(event) || !event.shiftKey) return undefined
  const key = event.key.toLowerCase()
  if (view.phase === 'ringing' && key === 'a') return view.answer
  if (view.phase === 'ringing' && key === 'h') return view.decline
  if (view.phase === 'inCall' && key === 'h') return view.hangUp
  if (view.phase === 'inCall' && key === 'm') return view.mute
  return undefined
}

const toScreen = (event: KeyboardEvent) =>
  isCommand(event) && !event.shiftKey && !event.altKey ? screens[Number(event.key) - 1] : undefined

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
