// The customer's telephone numbers as Settings shows them: which there are, in what state, and where calls come from.
import type { ErrorData } from '../../common/kit/errors.ts'
import type { AppState } from '../../common/model/app-state.ts'
import { isUsable, type OwnNumber, toSource } from '../../common/model/number.ts'
import { whyNot } from '../../common/model/roles.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'

export interface NumbersView {
  /** Why they are not offered, for those who may not (contract B.4). */
  closed: string | undefined
  /** Reads them; nothing while that goes on. */
  read: (() => void) | undefined
  /** Never read yet: whoever shows this reads them. */
  unread: boolean
  busy: boolean
  error: ErrorData | undefined
  /** What there is in words, also when there is nothing. */
  summary: string | undefined
  source: SourceView | undefined
  numbers: NumberView[]
}

export interface SourceView {
  /** The chosen number; empty = the first that can. */
  value: string
  options: { value: string; label: string }[]
  choose: (number: string) => void
  /** Why calls from the chosen one may fail. */
  doubt: string | undefined
}

export interface NumberView {
  id: string
  number: string
  name: string
  state: string
  usable: boolean
}

export function toNumbers(app: AppState, actions: Actions): NumbersView | undefined {
  const { account, numbers: state } = app
  if (account.status !== 'signedIn') return undefined
  const closed = whyNot(account, 'numbers')
  const read = () => void actions.tryAsk('number.list', {})
  const none = { error: undefined, summary: undefined, source: undefined, numbers: [] }
  if (closed !== undefined) return { ...none, closed, read: undefined, unread: false, busy: false }
  if (state.status === 'unread') return { ...none, closed, read, unread: true, busy: false }
  const busy = state.status === 'reading'
  const known = state.status === 'ready' || state.numbers.length > 0
  return {
    closed,
    read: busy ? undefined : read,
    unread: false,
    busy,
    error: state.status === 'failed' ? state.error : undefined,
    summary: known ? toSummary(state.numbers) : undefined,
    source: known ? toSourceView(state.numbers, app.settings.sourceNumber, actions) : undefined,
    numbers: state.numbers.map(toNumber),
  }
}

function toSummary(numbers: readonly OwnNumber[]): string {
  const usable = numbers.filter(isUsable).length
  const left = say(
    'Calls to extensions work without one; the telephone network needs one, bought in the admin console.',
  )
  if (numbers.length === 0) return `${say('This account has no telephone number.')} ${left}`
  if (usable === 0)
    return `${say('{n, plural, one {The one number cannot} other {None of the # numbers can}} be called from.', { n: numbers.length })} ${left}`
  return usable === numbers.length
    ? say('{n, plural, one {# number} other {# numbers}}', { n: usable })
    : say('{n, plural, one {# number} other {# numbers}}, {usable, number} to call from', {
        n: numbers.length,
        usable,
      })
}

function toSourceView(
  numbers: readonly OwnNumber[],
  chosen: string,
  actions: Actions,
): SourceView | undefined {
  const usable = numbers.filter(isUsable)
  const isLost = chosen !== '' && !usable.some(({ number }) => number === chosen)
  if (usable.length === 0 && !isLost) return undefined
  const first = toSource(numbers, '')
  return {
    value: chosen,
    options: [
      {
        value: '',
        label:
          first === undefined ? say('The extension itself') : say('Chosen by itself: {first}', { first }),
      },
      ...usable.map(({ number, name }) => ({ value: number, label: name ? `${number} · ${name}` : number })),
      ...(isLost ? [{ value: chosen, label: say('{chosen} · not yours', { chosen }) }] : []),
    ],
    choose: (sourceNumber) => actions.change({ sourceNumber }),
    doubt: isLost
      ? say('{chosen} is not among the numbers that can be called from (any more): choose another one.', {
          chosen,
        })
      : undefined,
  }
}

function toNumber(own: OwnNumber): NumberView {
  const { id, number, name } = own
  return { id, number, name, state: toState(own), usable: isUsable(own) }
}

function toState({ type, status }: OwnNumber): string {
  if (status !== 'active') return status === 'deleted' ? say('given back') : status || say('state not told')
  return type === 'virtual' ? say('virtual, for calls inside VoIPBIN only') : say('active')
}
