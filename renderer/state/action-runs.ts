// What each action of the table does now; what cannot be done now is absent.

import type { ActionRuns } from '../view/action-table.ts'
import { type CallView, toCall } from '../view/call-view.ts'
import type { OtherCall } from '../view/other-calls-view.ts'
import { toQuickstart } from '../view/quickstart-view.ts'
import { toLastDialled } from '../view/recent-view.ts'
import { mayCallThrough } from '../view/through-view.ts'
import type { Companion } from './companion.tsx'
import { toReadingRuns } from './reading-runs.ts'
import { toSpeakRuns } from './speak-runs.ts'

export function toRuns(companion: Companion): ActionRuns {
  const { copy, phone, actions } = companion
  const { app } = copy.getState()
  const view = toCall(app, phone.store.getState(), actions)
  const { doNotDisturb } = app.settings
  return {
    ...everywhere(companion),
    'disturb.toggle': () => actions.change({ doNotDisturb: !doNotDisturb }),
    'missed.clear': app.ringing.missed.length > 0 ? () => void actions.ask('ringing.clear', {}) : undefined,
    ...(view.phase === 'inCall' ? inCall(view, companion) : notInCall(view, companion)),
    ...toSpeakRuns(companion),
    ...inQuickstart(companion),
    ...toReadingRuns(companion),
  }
}

function everywhere({ ui, actions }: Companion): ActionRuns {
  const toggle = (overlay: 'palette' | 'keys') => () =>
    ui.setState((now) => ({ overlay: now.overlay === overlay ? 'none' : overlay }))
  return {
    'palette.open': toggle('palette'),
    'keys.open': toggle('keys'),
    'go.quickstart': () => actions.open('quickstart'),
    'go.call': () => actions.open('call'),
    'go.history': () => actions.open('history'),
    'go.trace': () => actions.open('trace'),
    'go.settings': () => actions.open('settings'),
    'history.search': () => ui.setState({ screen: 'history', focus: 'history' }),
  }
}

function notInCall(
  view: Exclude<CallView, { phase: 'inCall' }>,
  { ui, phone, actions, copy }: Companion,
): ActionRuns {
  if (view.phase === 'ringing') {
    return { 'call.answer': view.answer, 'call.end': view.decline, 'call.silence': () => phone.silence() }
  }
  if (view.phase === 'calling') return { 'call.end': view.hangUp, ...beside(view.others) }
  const { recent, lastDialled = toLastDialled(recent) } = ui.getState()
  const again = view.registered && lastDialled !== undefined ? () => actions.dial(lastDialled) : undefined
  return {
    'dial.focus': view.registered ? () => ui.setState({ screen: 'call', focus: 'dial' }) : undefined,
    'dial.again': again,
    'dial.number':
      view.registered && mayCallThrough(copy.getState().app)
        ? () => ui.setState({ screen: 'call', through: true, focus: 'dial' })
        : undefined,
    'call.test': view.place,
  }
}

function inCall(view: Extract<CallView, { phase: 'inCall' }>, { ui }: Companion): ActionRuns {
  const toggle = (panel: 'keypad' | 'transfer' | 'devices') => () =>
    ui.setState((now) => ({ screen: 'call', panel: now.panel === panel ? 'closed' : panel }))
  return {
    'call.end': view.hangUp,
    'call.mute': view.mute,
    'call.hold': view.setHeld,
    'call.keypad': view.keys.press && toggle('keypad'),
    'call.devices': toggle('devices'),
    'call.transfer': view.transfer.blind && toggle('transfer'),
    ...beside(view.others),
  }
}

/** Of several the first: the one that stands on top. */
function beside(others: readonly OtherCall[]): ActionRuns {
  const ringing = others.find((one) => one.kind === 'ringing')
  const waiting = others.find((one) => one.kind === 'waiting')
  return { 'call.answer': ringing?.answer, 'call.swap': waiting?.swap, 'call.connect': waiting?.connect }
}

function inQuickstart({ copy, phone, actions }: Companion): ActionRuns {
  const view = toQuickstart(copy.getState().app, phone.store.getState(), actions)
  // With a form to fill in, its own button runs it.
  return {
    'quickstart.run': view.needsCredentials ? undefined : view.run,
    'quickstart.stop': view.running ? view.stop : undefined,
  }
}
