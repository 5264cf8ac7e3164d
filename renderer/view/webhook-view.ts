// The customer's webhook as Settings shows it: who may change it, what that leads to, and the way back.
import type { ErrorData } from '../../common/kit/errors.ts'
import type { AppState } from '../../common/model/app-state.ts'
import { whyNot } from '../../common/model/roles.ts'
import {
  NewWebhook,
  type ShownWebhook,
  type WebhookMethod,
  WebhookUri,
  webhookMethods,
} from '../../common/model/webhook.ts'
import { phrase, say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import { toMoment } from './format.ts'

export interface WebhookView {
  /** Why there is nothing to see, for agents. */
  closed: string | undefined
  busy: string | undefined
  look: (() => void) | undefined
  now: { words: string; isAddress: boolean; note: string | undefined } | undefined
  before: { words: string; isAddress: boolean; when: string; restore: (() => void) | undefined } | undefined
  error: ErrorData | undefined
  /** What the form begins with; nothing for those who may not change it, or before it was read. */
  draft: WebhookDraft | undefined
  /** Why it cannot be changed. */
  fixed: string | undefined
}

export interface WebhookDraft {
  method: WebhookMethod
  uri: string
}

const nothing: WebhookView = {
  closed: undefined,
  busy: undefined,
  look: undefined,
  now: undefined,
  before: undefined,
  error: undefined,
  draft: undefined,
  fixed: undefined,
}

export function toWebhook(app: AppState, actions: Actions, now: number): WebhookView | undefined {
  const { account, webhook } = app
  if (account.status !== 'signedIn') return undefined
  const fixed = whyNot(account, 'webhooks')
  // An agent may not even read the customer (contract B.4).
  if (account.role === 'agent') return { ...nothing, closed: fixed }
  const look = () => void actions.tryAsk('webhook.look', {})
  if (webhook.status === 'unread') return { ...nothing, fixed, look }
  const isBusy = webhook.status === 'reading' || webhook.status === 'changing'
  const known = webhook.now
  const before = webhook.before
  const restore = () => void actions.tryAsk('webhook.restore', {})
  return {
    ...nothing,
    fixed,
    busy: isBusy ? say(busyWords[webhook.status as 'reading' | 'changing']) : undefined,
    look: isBusy ? undefined : look,
    now: known && { words: toWords(known), isAddress: known.uri !== '', note: toNote(known) },
    before: before && {
      words: toWords(before),
      isAddress: before.uri !== '',
      when: say('until {moment}', { moment: toMoment(before.at, now) }),
      restore: fixed === undefined && !isBusy ? restore : undefined,
    },
    error: webhook.status === 'failed' ? webhook.error : undefined,
    draft: fixed === undefined && known && !isBusy ? toDraft(known) : undefined,
  }
}

const busyWords = {
  reading: phrase('Reading it from the platform …'),
  changing: phrase('Changing it on the platform …'),
}

export const toWords = ({ method, uri }: Pick<ShownWebhook, 'method' | 'uri'>): string =>
  uri === '' ? say('none: nothing is delivered') : `${method || say('without a method')} ${uri}`

function toNote({ method, uri, hasSecret }: ShownWebhook): string | undefined {
  if (uri === '') return undefined
  if (hasSecret) return say('A part of the address that looks like a secret is not shown.')
  if (!WebhookUri.safeParse(uri).success)
    return say('This is no web address: nothing can be delivered to it.')
  if (!isMethod(method)) return say('The platform names a method that is none of POST, PUT, GET and DELETE.')
  return undefined
}

/** An address with a secret is typed anew: half of it would be wrong. */
const toDraft = ({ method, uri, hasSecret }: ShownWebhook): WebhookDraft => ({
  method: isMethod(method) ? method : 'POST',
  uri: hasSecret ? '' : uri,
})

const isMethod = (text: string): text is WebhookMethod => webhookMethods.some((method) => method === text)

export interface ParsedWebhook {
  wanted: NewWebhook | undefined
  wrong: string | undefined
  /** What a person should think of before. */
  hints: string[]
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/
const privateHost = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)|\.local$/

export function parseWebhook({ method, uri }: WebhookDraft, isPractice: boolean): ParsedWebhook {
  const parsed = NewWebhook.safeParse({ method, uri })
  if (!parsed.success) {
    const message = say(parsed.error.issues[0]?.message ?? 'not valid')
    return { wanted: undefined, wrong: message.charAt(0).toUpperCase() + message.slice(1), hints: [] }
  }
  const hints: string[] = []
  if (parsed.data.uri !== '') {
    const { protocol, hostname } = new URL(parsed.data.uri)
    const isHere = loopback.test(hostname)
    if (isHere && !isPractice)
      hints.push(
        say('This address means the machine that uses it: VoIPBIN on the internet cannot reach it here.'),
      )
    if (!isHere && isPractice) hints.push(say('The practice platform delivers to this machine only.'))
    if (privateHost.test(hostname))
      hints.push(say('This address belongs to a local network: the internet cannot reach it.'))
    if (protocol === 'http:' && !isHere)
      hints.push(say('Without https everybody on the way can read all events.'))
    if (method === 'GET' || method === 'DELETE')
      hints.push(say('{method} may carry no event at all. The guides of VoIPBIN use POST.', { method }))
  }
  return { wanted: parsed.data, wrong: undefined, hints }
}
