// The customer's access keys as Settings shows them: who may see them, and what follows from deleting one.
import type { RequestInput } from '../../common/bridge/table.ts'
import type { ErrorData } from '../../common/kit/errors.ts'
import type { AccessKey } from '../../common/model/access-key.ts'
import type { AppState } from '../../common/model/app-state.ts'
import { whyNot } from '../../common/model/roles.ts'
import { phrase, say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import { toMoment } from './format.ts'

export interface AccessKeysView {
  /** Why they are not offered, for those who may not (contract B.4). */
  closed: string | undefined
  busy: boolean
  /** Not read yet. */
  show: (() => void) | undefined
  keys: AccessKeyView[]
  error: ErrorData | undefined
}

export interface AccessKeyView {
  id: string
  name: string
  /** Beginning, creation and end. */
  facts: string
  ended: boolean
  inUse: boolean
  /** What deleting it leads to, asked about before. */
  follows: string
  remove: (() => void) | undefined
  /** Why it cannot be deleted here. */
  fixed: string | undefined
}

export function toAccessKeys(app: AppState, actions: Actions, now: number): AccessKeysView | undefined {
  const { account, accessKeys } = app
  if (account.status !== 'signedIn') return undefined
  const none = { busy: false, show: undefined, keys: [], error: undefined }
  const closed = whyNot(account, 'accessKeys')
  if (closed !== undefined) return { ...none, closed }
  const list = () => void actions.tryAsk('accessKey.list', {})
  if (accessKeys.status === 'unread') return { ...none, closed: undefined, show: list }
  return {
    closed: undefined,
    busy: accessKeys.status === 'reading',
    show: accessKeys.status === 'failed' ? list : undefined,
    keys: accessKeys.keys.map((key) => toKey(key, app, actions, now)),
    error: accessKeys.status === 'failed' ? accessKeys.error : undefined,
  }
}

function toKey(key: AccessKey, app: AppState, actions: Actions, now: number): AccessKeyView {
  const ended = key.expiresAt !== undefined && key.expiresAt <= now
  const made =
    key.createdAt === undefined ? undefined : say('made {moment}', { moment: toMoment(key.createdAt, now) })
  const end =
    key.expiresAt === undefined
      ? say('never expires')
      : ended
        ? say('expired {moment}', { moment: toMoment(key.expiresAt, now) })
        : say('expires {moment}', { moment: toMoment(key.expiresAt, now) })
  // It is made anew at each start, and there would be no other way in until then.
  const isPractices = key.inUse && app.settings.environment === 'practice' && key.name === 'practice'
  return {
    id: key.id,
    name: key.name || say('without a name'),
    facts: [key.prefix && `${key.prefix}…`, made, end].filter(Boolean).join(' · '),
    ended,
    inUse: key.inUse,
    follows: key.inUse
      ? say('You are signed in with it: you will have to sign in again. A call that is up goes on.')
      : say('Whatever still uses it will be refused from then on.'),
    remove: isPractices ? undefined : () => void actions.ask('accessKey.remove', { id: key.id }),
    fixed: isPractices ? say('The practice platform signs you in with it.') : undefined,
  }
}

export interface NewKey {
  name: string
  life: string
  use: boolean
}

export const noKey: NewKey = { name: '', life: '365', use: false }

export const keyLives = [
  { value: '30', label: phrase('{n, plural, one {# day} other {# days}}', { n: 30 }) },
  { value: '90', label: phrase('{n, plural, one {# day} other {# days}}', { n: 90 }) },
  { value: '365', label: phrase('one year') },
  { value: '', label: phrase('never') },
]

export function parseNewKey({ name, life, use }: NewKey): RequestInput<'accessKey.create'> | undefined {
  if (name.trim() === '') return undefined
  return { name: name.trim(), use, ...(life === '' ? {} : { days: Number(life) }) }
}
