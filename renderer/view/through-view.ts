// A call from an own number through the platform, before it is placed: whom it rings, what they see, what it costs.
import type { AppState } from '../../common/model/app-state.ts'
import { isUsable, toSource } from '../../common/model/number.ts'
import { may, whyNot } from '../../common/model/roles.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import type { NumberRules } from './dial-view.ts'

export interface ThroughView {
  /** Own numbers that can call out. */
  numbers: { value: string; label: string }[]
  from: string
  /** What will happen, in order. */
  steps: string[]
  cost: string
  /** Places it. */
  call: (() => void) | undefined
  /** Why it cannot be placed. */
  reason: string | undefined
}

type ThroughParts = Pick<AppState, 'account' | 'numbers' | 'settings' | 'extension'>

export const mayCallThrough = ({ account }: Pick<AppState, 'account'>): boolean =>
  account.status === 'signedIn' && may(account, 'placeCalls')

/** `balance`: dollars, as far as it may be known. */
export function toThrough(
  app: ThroughParts,
  number: string | undefined,
  chosen: string,
  balance: { credit: number } | null | undefined,
  actions: Pick<Actions, 'dialThrough'>,
  rules?: NumberRules,
): ThroughView {
  const own = app.numbers.status === 'unread' ? [] : app.numbers.numbers.filter(isUsable)
  const toShown = (one: string) => rules?.readNumber(one)?.shown ?? one
  const from = own.some((one) => one.number === chosen)
    ? chosen
    : (toSource(own, app.settings.sourceNumber) ?? '')
  const reason = toReason(app, own.length, number)
  return {
    numbers: own.map((one) => ({
      value: one.number,
      label: one.name ? `${toShown(one.number)} · ${one.name}` : toShown(one.number),
    })),
    from,
    steps: toSteps(app, number === undefined ? undefined : toShown(number), toShown(from)),
    cost: toCost(balance),
    call:
      reason === undefined && number !== undefined ? () => void actions.dialThrough(from, number) : undefined,
    reason,
  }
}

function toReason({ account, numbers }: ThroughParts, usable: number, number: string | undefined) {
  const closed = whyNot(account, 'placeCalls')
  if (closed !== undefined) return closed
  if (numbers.status === 'reading' && usable === 0) return say('Reading your numbers …')
  if (usable === 0) return say('There is no number of yours that can call out.')
  return number === undefined ? say('Enter a number with + first.') : undefined
}

function toSteps({ extension }: ThroughParts, to: string | undefined, from: string): string[] {
  const own = extension.status === 'ready' ? extension.extension : ''
  const other = to ?? say('the number')
  return [
    say('The platform calls this phone ({extension}), which is answered at once.', { extension: own }),
    say('Then it calls {to}, who sees {from}.', { to: other, from: from || say('your number') }),
  ]
}

function toCost(balance: { credit: number } | null | undefined): string {
  const charged = say('The platform charges the account for it and does not tell the price before.')
  if (!balance) return charged
  return `${charged} ${say('The balance is {credit} USD.', { credit: balance.credit.toFixed(2) })}`
}
