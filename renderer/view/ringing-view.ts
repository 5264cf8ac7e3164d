// Do not disturb and missed calls as screens show them.
import type { AppState } from '../../common/model/app-state.ts'
import type { MissedCall } from '../../common/model/ringing.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'

export interface DisturbView {
  text: string
  turnOff: () => void
}

export function toDisturb(
  { settings, ringing }: Pick<AppState, 'settings' | 'ringing'>,
  actions: Actions,
): DisturbView | undefined {
  if (!settings.doNotDisturb) return undefined
  const refused = ringing.missed.filter(({ why, seen }) => why === 'doNotDisturb' && !seen).length
  return {
    text: ringing.refuses
      ? refused > 0
        ? say('{n, plural, one {# call was} other {# calls were}} refused as busy.', { n: refused })
        : say('Callers hear that you are busy.')
      : say('Off for the call that was asked for here.'),
    turnOff: () => actions.change({ doNotDisturb: false }),
  }
}

export interface MissedView {
  sessionId: string
  name: string
  address: string
  at: number
  why: string
  seen: boolean
  /** Nothing for a caller without a number. */
  callBack: (() => void) | undefined
}

export interface MissedListView {
  shown: MissedView[]
  /** Older ones. */
  more: number
  clear: () => void
}

const most = 4

export function toMissedList(
  { ringing }: Pick<AppState, 'ringing'>,
  actions: Actions,
  mayDial: boolean,
): MissedListView | undefined {
  if (ringing.missed.length === 0) return undefined
  return {
    shown: ringing.missed.slice(0, most).map((call) => toView(call, actions, mayDial)),
    more: Math.max(0, ringing.missed.length - most),
    clear: () => void actions.ask('ringing.clear', {}),
  }
}

function toView(call: MissedCall, actions: Actions, mayDial: boolean): MissedView {
  const { sessionId, name, address, at, seen, user } = call
  const why = {
    notAnswered: '',
    doNotDisturb: say('while do not disturb was on'),
    busy: say('while you were in a call'),
  }[call.why]
  return {
    sessionId,
    name,
    address,
    at,
    seen,
    why,
    callBack: mayDial && user !== '' ? () => actions.dial(user) : undefined,
  }
}
