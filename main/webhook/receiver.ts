// The local receiver of webhooks: takes deliveries, shows each in the trace, and applies every event once.
import { toAppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Slice } from '../../common/kit/slice.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import { noDeliveries, type Receiver, type ReceiverSettings } from '../../common/model/webhook.ts'
import { toTitle } from '../platform/events/title.ts'
import type { PlatformEvent } from '../platform/platform.ts'
import { createDeliveries } from './deliveries.ts'
import type { Delivery } from './receive.ts'
import { openServer } from './server.ts'

export interface ReceiverFeature {
  /** Fails with an AppError, which then also stands in the state. Nothing happens when it listens already. */
  start(): Promise<void>
  stop(): Promise<void>
  /** The event socket told it: for comparing both ways. */
  heard(event: PlatformEvent): void
}

export interface ReceiverParts {
  slice: Slice<Receiver>
  settings(): ReceiverSettings
  trace(row: NewTraceRow): void
  /**
   * A new event. Nobody proves who sent it: whoever knows the address can. So it is a hint to look, never a fact.
   */
  apply(event: PlatformEvent): void
  now?: () => number
}

/** A burst of deliveries is one change of the state. */
const restMs = 250

export function createReceiver(parent: Scope, parts: ReceiverParts): ReceiverFeature {
  const { slice } = parts
  const now = parts.now ?? Date.now
  const deliveries = createDeliveries(now)
  let life: Scope | undefined
  let counts = noDeliveries
  let lastAt: number | undefined
  let isWaiting = false

  const show = () => {
    isWaiting = false
    const state = slice.get()
    if (state.status !== 'listening') return
    const shown = { ...counts, onlyHere: deliveries.onlyHere() }
    slice.set({ ...state, counts: shown, behindSocket: deliveries.behindSocket(), lastAt })
  }
  const showSoon = () => {
    if (isWaiting) return
    isWaiting = true
    life?.after(restMs, show)
  }
  const row = (more: Pick<NewTraceRow, 'title' | 'result' | 'tone' | 'body' | 'callId'>) =>
    parts.trace({ at: now(), source: 'webhook', direction: 'in', ...more })

  const takeEvent = ({ event, text, isSigned }: Extract<Delivery, { kind: 'event' }>) => {
    const { tries, behindSocketMs } = deliveries.overWebhook(event)
    const isNew = tries === 1
    counts = isNew ? { ...counts, events: counts.events + 1 } : { ...counts, again: counts.again + 1 }
    const words = [
      '200',
      isNew ? toLag(behindSocketMs) : `again, ${toOrdinal(tries)} try`,
      isSigned ? 'signed' : '',
    ]
    row({
      title: toTitle(event),
      result: words.filter(Boolean).join(' · '),
      tone: isNew ? 'good' : 'plain',
      body: text,
      ...(event.kind === 'call' ? { callId: event.call.id } : {}),
    })
    if (isNew) parts.apply(event)
  }
  const take = (delivery: Delivery) => {
    lastAt = now()
    if (delivery.kind === 'event') takeEvent(delivery)
    else if (delivery.kind === 'unknown')
      row({ title: 'unknown webhook', result: `200 · ${delivery.why}`, body: delivery.text })
    else {
      counts = { ...counts, refused: counts.refused + 1 }
      const { status, why, text } = delivery
      row({ title: 'webhook refused', result: `${status} · ${why}`.slice(0, 200), tone: 'bad', body: text })
    }
    showSoon()
  }
  const app = (title: string, tone: 'good' | 'plain' | 'bad', result?: string, body?: string) =>
    parts.trace({
      at: now(),
      source: 'webhook',
      direction: 'none',
      title,
      tone,
      ...(result ? { result } : {}),
      ...(body ? { body } : {}),
    })

  return {
    async start() {
      if (life) return
      const own = parent.child('webhook receiver')
      life = own
      counts = noDeliveries
      isWaiting = false
      lastAt = undefined
      deliveries.clear()
      slice.set({ status: 'starting' })
      const settings = parts.settings()
      try {
        const address = await openServer(own, settings, take)
        if (own.ended) return
        slice.set({ status: 'listening', address, reach: settings.reach, since: now(), counts })
        app('webhook receiver started', 'good', `port ${new URL(address).port}`, address)
      } catch (thrown) {
        const error = toAppError(thrown)
        if (life === own) {
          life = undefined
          slice.set({ status: 'failed', error: error.toData() })
        }
        await own.end()
        app('webhook receiver not started', 'bad', error.code, error.detail)
        throw error
      }
    },
    async stop() {
      const own = life
      life = undefined
      slice.set({ status: 'off' })
      if (!own) return
      await own.end()
      app('webhook receiver stopped', 'plain')
    },
    heard(event) {
      if (life === undefined) return
      deliveries.overSocket(event)
      showSoon()
    },
  }
}

const toLag = (ms: number | undefined) => (ms === undefined ? 'only here so far' : `${ms} ms after socket`)

function toOrdinal(count: number): string {
  return count === 2 ? '2nd' : count === 3 ? '3rd' : `${count}th`
}
