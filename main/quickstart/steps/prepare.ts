// The steps before a call: sign in, extension, events, registration.
import { AppError, toError } from '../../../common/kit/errors.ts'
import type { Phrase } from '../../../common/words/placeholders.ts'
import { phrase, say } from '../../../common/words/say.ts'
import type { Context } from '../parts.ts'
import type { StepRow } from '../step.ts'
import { duration, short } from '../words.ts'

export const signIn: StepRow = {
  id: 'signIn',
  // Practice may have to start first.
  timeoutMs: 30_000,
  async run({ parts, tell }) {
    if (parts.state().settings.environment === 'practice') tell(say('Starting the practice platform.'))
    await parts.signIn()
    const { account } = parts.state()
    if (account.status !== 'signedIn') throw new AppError('account.signedOut')
    const name = account.customerName || account.username || short(account.customerId)
    const who = { name, id: short(account.customerId), role: account.role }
    return account.expiresAt === undefined
      ? say('Customer {name} ({id}), role {role}, no expiry named.', who)
      : say('Customer {name} ({id}), role {role}, expires {day}.', { ...who, day: toDay(account.expiresAt) })
  },
  late: () => new AppError('network.timeout', { detail: 'sign-in' }),
}

export const extension: StepRow = {
  id: 'extension',
  timeoutMs: 30_000,
  async run({ parts }) {
    await parts.provision()
    const state = parts.state().extension
    if (state.status !== 'ready') throw new AppError('extension.missing')
    return say('Extension {name} ({id}) {outcome}, domain {domain}.', {
      name: state.extension,
      id: short(state.id),
      outcome: outcomeWords[state.outcome],
      domain: state.domain,
    })
  },
  late: () => new AppError('network.timeout', { detail: 'extension' }),
}

export const subscribe: StepRow = {
  id: 'subscribe',
  timeoutMs: 20_000,
  async run({ parts, until, startedAt }) {
    await parts.subscribe()
    const open = await until(() => {
      const { subscription } = parts.state()
      if (subscription.status === 'refused') throw toError(subscription.error)
      return subscription.status === 'open' ? subscription : undefined
    })
    const n = open.topics.length
    return open.openedAt < startedAt
      ? say('Socket open for {time}, {n, plural, one {# topic} other {# topics}} sent, none refused.', {
          time: duration(Date.now() - open.openedAt),
          n,
        })
      : say('Socket open, {n, plural, one {# topic} other {# topics}} sent, none refused.', { n })
  },
  late({ parts }) {
    const { subscription } = parts.state()
    return 'error' in subscription
      ? toError(subscription.error)
      : new AppError('network.timeout', { detail: 'event socket' })
  },
}

export const register: StepRow = {
  id: 'register',
  timeoutMs: 30_000,
  async run({ parts, until, tell }) {
    await parts.register()
    const { registration } = await until(() => {
      const state = parts.phone().registration
      if (state.status === 'refused') throw toError(state.error)
      if (state.status === 'waiting')
        tell(`${say(state.error.say)} ${say('Attempt {attempt}.', { attempt: state.attempt })}`)
      return isValid(state) ? { registration: state } : undefined
    })
    const { contact, edge, expiresAt, tookMs } = registration
    const left = Math.round((expiresAt - Date.now()) / 1000)
    return say('200 OK from {edge} in {time}; contact {contact}, {left} s left.', {
      edge: hostOf(edge),
      time: duration(tookMs),
      contact: `${contact.user}@${contact.host}`,
      left,
    })
  },
  late({ parts }: Context) {
    const { registration } = parts.phone()
    if ('error' in registration) return toError(registration.error)
    // Between two tries nothing has failed yet: where it hangs is the cause.
    const edge = 'edge' in registration ? registration.edge : undefined
    return new AppError(registration.status === 'connecting' ? 'sip.unreachable' : 'sip.timeout', {
      detail: edge && `${edge} does not answer`,
    })
  },
}

type Registration = ReturnType<Context['parts']['phone']>['registration']
const isValid = (state: Registration): state is Extract<Registration, { status: 'registered' }> =>
  state.status === 'registered' && state.expiresAt > Date.now()

const outcomeWords: Record<'found' | 'created' | 'rotated', Phrase> = {
  found: phrase('found'),
  created: phrase('created'),
  rotated: phrase('rotated'),
}

const toDay = (at: number) => new Date(at).toISOString().slice(0, 10)
const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url)
