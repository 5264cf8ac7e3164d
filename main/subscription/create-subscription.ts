// Keeps one event socket open, subscribed and honest: back-off, refused topics, gaps, proof of delivery.
import { AppError, type ErrorData, toAppError, toError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Subscription } from '../../common/model/subscription.ts'
import type { EventsListener, PlatformEvent } from '../platform/platform.ts'
import { toBackOffMs } from './back-off.ts'
import { createDelivery } from './delivery.ts'
import { createListeners } from './listeners.ts'
import { createOpenState, type OpenState } from './open-state.ts'
import { toRefusal } from './refusal.ts'
import type { SubscriptionDeps, SubscriptionFeature } from './subscription.ts'
import { createTally } from './tally.ts'
import { createTopicPlan, type TopicPlan } from './topic-plan.ts'
import { createWaiters } from './waiters.ts'

/** Without an answer to our ping, this long without a refusal counts as accepted (contract E.2). */
const settleMs = 1_000
/** Between single topics: longer than the time within which a refusal closes the socket. */
const apartMs = 1_200
/** A socket that lived this long was a good one: the next failure starts from 1 s again. */
const goodMs = 5_000

/**
 * A server in between may answer our ping before the platform refuses a topic: the refusal then looks like a loss.
 * So many sockets in a row that end this soon are taken for one.
 */
const soonMs = 2_000
const soonLimit = 3

type Why = Parameters<EventsListener['onClose']>[0]

export function createSubscription(deps: SubscriptionDeps): SubscriptionFeature {
  const now = deps.now ?? Date.now
  const random = deps.random ?? Math.random
  const events = createListeners<[PlatformEvent]>(deps.log)
  const gaps = createListeners<[number, number]>(deps.log)
  const opening = createWaiters()
  let state: Subscription = { status: 'closed' }
  let attempt = 0
  let plan: TopicPlan = createTopicPlan([])
  /** From `open` to `close`, and within it one try: one connection, or one wait. */
  let life: Scope | undefined
  let tryScope: Scope | undefined
  /** The try whose topics are taken, as far as anybody can know. */
  let settled: Scope | undefined
  let shown: OpenState | undefined
  /** Events after this time may have been missed. */
  let seenAt: number | undefined
  let soonLost = 0
  const tally = createTally()
  const delivery = createDelivery(now)

  const become = (next: Subscription) => {
    if (next.status !== state.status) deps.log.info(`subscription ${next.status}`)
    state = next
    deps.set(next)
  }

  function nextTry(): Scope | undefined {
    // A socket that was lost before its topics were taken proves nothing about the time before it.
    if (shown) seenAt ??= shown.lastSeenAt()
    shown = undefined
    void tryScope?.end()
    tryScope = life?.child('try')
    return tryScope
  }

  function connect(): void {
    const scope = nextTry()
    if (!scope) return
    attempt++
    become({ status: 'connecting', attempt })
    try {
      const platform = deps.platform()
      tally.follow(platform.clock)
      const connection = platform.openEvents(scope, {
        onOpen: () => opened(scope, (topics) => connection.subscribe(topics)),
        onPing: () => pinged(scope),
        onEvent: receive,
        onDuplicate: () => shown?.update(tally.duplicate()),
        onUnknown: () => shown?.update(tally.unknown()),
        onFlood: (sinceAt) => flooded(scope, sinceAt),
        onClose: (why) => closed(scope, why),
      })
    } catch (thrown) {
      refuse(toAppError(thrown))
    }
  }

  function opened(scope: Scope, subscribe: (topics: string[]) => void): void {
    if (scope.ended) return
    const messages = plan.messages()
    const topics = messages.flat()
    const refused = plan.leftOut()
    const first = { openedAt: now(), topics, ...delivery.first(), refused, ...tally.counts() } as const
    shown = createOpenState(scope, first, (open) => become({ status: 'open', ...open, delay: tally.delay() }))
    shown.update({}, 'now')
    scope.after(goodMs, () => {
      attempt = 0
      soonLost = 0
    })
    const gapMs = plan.mode === 'single' ? apartMs : 0
    messages.forEach((message, index) => {
      const send = () => {
        plan.sent(message)
        subscribe(message)
      }
      if (index === 0 || gapMs === 0) send()
      else scope.after(index * gapMs, send)
    })
    scope.after((messages.length - 1) * gapMs + settleMs, () => settle(scope))
  }

  function pinged(scope: Scope): void {
    shown?.update({ lastPingAt: now() })
    // The ping behind the subscribe is answered: it was not refused.
    if (plan.mode === 'whole') settle(scope)
  }

  /** All topics are sent and nobody minded. */
  function settle(scope: Scope): void {
    if (scope.ended) return
    settled = scope
    plan.settled()
    opening.resolve()
    const from = seenAt
    seenAt = undefined
    if (from !== undefined) gaps.tell(from, now())
  }

  function receive(event: PlatformEvent): void {
    const at = now()
    shown?.update({ lastEventAt: at, ...tally.event(event, at) })
    events.tell(event)
  }

  /** Nobody says what the platform's queue dropped: the state is read again. */
  function flooded(scope: Scope, sinceAt: number): void {
    if (scope.ended) return
    deps.log.warn('a flood of events: some may have been dropped')
    gaps.tell(sinceAt, now())
  }

  function closed(scope: Scope, why: Why): void {
    if (scope.ended) return
    const { error } = why
    if (why.kind === 'refused' && error.code === 'events.refused') topicRefused()
    else if (why.kind === 'refused' || error.retry === 'never') refuse(toError(error))
    else lost(error)
  }

  function lost(error: ErrorData): void {
    const isSoon = shown !== undefined && now() - shown.current().openedAt < soonMs
    soonLost = isSoon ? soonLost + 1 : soonLost
    if (soonLost >= soonLimit) {
      topicRefused()
      return
    }
    const own = nextTry()
    const waitMs = toBackOffMs(Math.max(1, attempt), random())
    deps.log.warn(`event socket lost, again in ${waitMs} ms`, error.detail)
    become({ status: 'waiting', attempt: Math.max(1, attempt), retryAt: now() + waitMs, error })
    opening.reject(toError(error))
    own?.after(waitMs, connect)
  }

  function topicRefused(): void {
    soonLost = 0
    const verdict = plan.refused()
    if (!verdict.again) {
      refuse(new AppError('events.refused', { detail: verdict.culprit }))
      return
    }
    if (verdict.leftOut) deps.log.warn(`the platform refuses the topic ${verdict.leftOut}; going on without`)
    nextTry()?.after(settleMs, connect)
    become({ status: 'connecting', attempt })
  }

  function refuse(cause: AppError): void {
    const error = toRefusal(cause)
    stop()
    become({ status: 'refused', error: error.toData() })
    opening.reject(cause)
  }

  function stop(): void {
    // A renewed sign-in goes on where this one stopped.
    if (shown) seenAt ??= shown.lastSeenAt()
    void life?.end()
    life = undefined
    tryScope = undefined
    shown = undefined
  }

  function start(): void {
    seenAt = undefined
    delivery.clear()
    tally.clear()
    begin()
  }

  function begin(): void {
    attempt = 0
    soonLost = 0
    life = deps.scope.child('subscription')
    const lists = deps.topics()
    plan = createTopicPlan(lists)
    if (lists.length === 0) refuse(new AppError('events.refused', { detail: 'no topic for this role' }))
    else connect()
  }

  return {
    open() {
      if (state.status === 'open' && settled === tryScope) return Promise.resolve()
      const done = opening.wait()
      if (!life) start()
      else if (state.status === 'waiting') connect()
      return done
    },
    close() {
      stop()
      opening.reject(new AppError('app.stopped', { detail: 'event socket' }))
      become({ status: 'closed' })
    },
    renew() {
      const refused = state.status === 'refused' && state.error.code === 'events.signedOut'
      if (!life && !refused) return
      // What the old socket had seen is the beginning of the gap.
      stop()
      begin()
    },
    wake() {
      if (state.status === 'open' || state.status === 'waiting') connect()
    },
    onEvent: events.add,
    onGap: gaps.add,
    proveDelivery() {
      const isNew = shown?.current().delivery !== 'proven'
      shown?.update(delivery.proven(), isNew ? 'now' : undefined)
    },
    markSilent() {
      if (!shown) return
      shown.update(delivery.silent(), 'now')
      if (!delivery.shouldReopen()) return
      deps.log.warn('the event socket is connected but silent; opened anew')
      connect()
    },
  }
}
