// The steps before a call: sign in, extension, events, registration.
import { AppError, toError } from '../../../common/kit/errors.ts'
import type { Context } from '../parts.ts'
import type { StepRow } from '../step.ts'
import { count, duration, short } from '../words.ts'

export const signIn: StepRow = {
  id: 'signIn',
  // Practice may have to start first.
  timeoutMs: 30_000,
  async run({ parts, tell }) {
    if (parts.state().settings.environment === 'practice') tell('Starting the practice platform.')
    await parts.signIn()
    const { account } = parts.state()
    if (account.status !== 'signedIn') throw new AppError('account.signedOut')
    const until = account.expiresAt === undefined ? 'no expiry named' : `expires ${toDay(account.expiresAt)}`
    const name = account.customerName || account.username || short(account.customerId)
    return `Customer ${name} (${short(account.customerId)}), role ${account.role}, ${until}.`
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
    return `Extension ${state.extension} (${short(state.id)}) ${state.outcome}, domain ${state.domain}.`
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
    const age = open.openedAt < startedAt ? `open for ${duration(Date.now() - open.openedAt)}` : 'open'
    return `Socket ${age}, ${count(open.topics.length, 'topic')} sent, none refused.`
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
      if (state.status === 'waiting') tell(`${state.error.say} Attempt ${state.attempt}.`)
      return isValid(state) ? { registration: state } : undefined
    })
    const { contact, edge, expiresAt, tookMs } = registration
    const left = Math.round((expiresAt - Date.now()) / 1000)
    return `200 OK from ${hostOf(edge)} in ${duration(tookMs)}; contact ${contact.user}@${contact.host}, ${left} s left.`
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

const toDay = (at: number) => new Date(at).toISOString().slice(0, 10)
const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url)
