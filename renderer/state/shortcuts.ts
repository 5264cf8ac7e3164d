// Keys that work on every screen. Text fields keep their own keys.
import { toCall } from '../view/call-view.ts'
import type { OtherCall } from '../view/other-calls-view.ts'
import type { Companion } from './companion.tsx'
import { screens } from './ui-store.ts'

/** Starts listening; returns the function that stops it. */
export function followShortcuts({ copy, phone, actions, ui }: Companion): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const view = toCall(copy.getState().app, phone.store.getState(), actions)
    const run = toShortcut(event, view, ui) ?? toDisturbKey(event, { copy, actions })
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

/** On every screen, in a call and out of it. */
function toDisturbKey(event: KeyboardEvent, { copy, actions }: Pick<Companion, 'copy' | 'actions'>) {
  if (!isCommand(event) || !event.shiftKey || event.key.toLowerCase() !== 'b') return undefined
  // Held down it would toggle many times a second.
  if (event.repeat) return () => {}
  const { doNotDisturb } = copy.getState().app.settings
  return () => actions.change({ doNotDisturb: !doNotDisturb })
}

type View = ReturnType<typeof toCall>

function toShortcut(event: KeyboardEvent, view: View, ui: Companion['ui']): (() => void) | undefined {
  if (!isCommand(event) || !event.shiftKey) return undefined
  const keys = view.phase === 'inCall' ? inCallKeys(view, ui) : otherKeys(view, ui)
  return keys[event.key.toLowerCase()]
}

type Keys = Record<string, (() => void) | undefined>

function otherKeys(view: Exclude<View, { phase: 'inCall' }>, ui: Companion['ui']): Keys {
  if (view.phase === 'ringing') return { a: view.answer, h: view.decline }
  if (view.phase === 'calling') return { h: view.hangUp, ...besideKeys(view.others) }
  return { d: view.registered ? () => ui.setState({ screen: 'call', focus: 'dial' }) : undefined }
}

function inCallKeys(view: Extract<View, { phase: 'inCall' }>, ui: Companion['ui']): Keys {
  const toggle = (panel: 'keypad' | 'transfer') => () =>
    ui.setState((now) => ({ screen: 'call', panel: now.panel === panel ? 'closed' : panel }))
  return {
    h: view.hangUp,
    m: view.mute,
    l: view.setHeld,
    k: view.dtmf && toggle('keypad'),
    x: view.transfer.blind && toggle('transfer'),
    ...besideKeys(view.others),
  }
}

/** Of several the first: the one that stands on top. */
function besideKeys(others: readonly OtherCall[]): Keys {
  const ringing = others.find((one) => one.kind === 'ringing')
  const waiting = others.find((one) => one.kind === 'waiting')
  return { a: ringing?.answer, s: waiting?.swap, e: waiting?.connect }
}

const toScreen = (event: KeyboardEvent) =>
  isCommand(event) && !event.shiftKey && !event.altKey ? screens[Number(event.key) - 1] : undefined

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
