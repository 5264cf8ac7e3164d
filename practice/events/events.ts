// The event service: publishes what happens to every socket that subscribed to it. No acks, no replay (contract E).
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Dialect } from '../dialect.ts'
import type { Faults } from '../faults.ts'
import type { Identity } from '../http/credentials.ts'
import { NIL, type Owned } from '../store/resources.ts'
import type { Timings } from '../world.ts'
import { createSubscriber, type Subscriber } from './subscriber.ts'
import type { Webhooks } from './webhooks.ts'

/** `bare`: the guides' envelope with nothing but its type. */
export type Envelope = 'raw' | 'wrapped' | 'seed' | 'bare'

const envelopes: Record<Envelope, (type: string, topic: string, data: object, at: string) => unknown> = {
  raw: (_type, _topic, data) => data,
  wrapped: (type, _topic, data) => ({ type, data }),
  seed: (type, topic, data, at) => ({ event_type: type, timestamp: at, topic, data }),
  bare: (type, _topic, data) => ({ ...data, event_type: type }),
}

/** Events that can be told again. */
const recentLimit = 200

/** Whatever an event may carry. */
export interface Publishable {
  id: string
  customer_id: string
}

export interface Events {
  publish(type: string, resource: Publishable): void
  /** Takes an authenticated upgrade. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, who: Identity): void
  /** To every socket, subscribed or not: for frames that nobody should have to understand. */
  sendRaw(frame: string | Buffer): void
  /** Another envelope than the dialect's, as other releases send it (contract E.4). */
  shape(envelope: Envelope | undefined): void
  /** The next socket that subscribes is told the last events again. */
  replay(count: number): void
  /** Nothing leaves any socket for so long. */
  hold(ms: number): void
  /** Destroys every socket without a close frame. */
  cutAll(): void
  readonly size: number
  close(): void
}

export function createEvents(options: {
  dialect: Dialect
  faults: Faults
  timings: Timings
  webhooks: Webhooks
  stamp(): string
}): Events {
  const rules = options.dialect.events
  const server = new WebSocketServer({ noServer: true })
  const subscribers = new Set<Subscriber>()
  const recent: Array<{ topic: string; text: string }> = []
  let envelope: Envelope | undefined
  let replay = 0

  function deliver(type: string, resource: Publishable & Record<string, unknown>): void {
    const shown = options.dialect.show(resource)
    const at = options.stamp()
    const toFrame = envelope ? envelopes[envelope] : rules.frame
    for (const topic of scopesOf(resource).flatMap((scope) => rules.topics(scope, type, resource)))
      tell(topic, JSON.stringify(toFrame(type, topic, shown, at)))
  }

  function tell(topic: string, text: string): void {
    recent.push({ topic, text })
    if (recent.length > recentLimit) recent.shift()
    for (const one of subscribers) if (one.matches(topic)) one.send(text)
  }

  function replayTo(one: Subscriber): void {
    const again = recent.filter(({ topic }) => one.matches(topic)).slice(-replay)
    if (replay > 0) for (const { text } of again) one.send(text)
    if (again.length > 0) replay = 0
  }

  return {
    publish(type, resource) {
      if (rules.isInternal(type)) return
      // The state as of now, however late it is delivered.
      const snapshot = structuredClone(resource) as Publishable & Record<string, unknown>
      options.faults.shapeEvent(type, () => deliver(type, snapshot))
      options.webhooks.deliver(type, snapshot)
    },
    accept(request, socket, head, who) {
      server.handleUpgrade(request, socket, head, (ws) => {
        const subscriber = createSubscriber(ws, {
          who,
          timings: options.timings,
          matches: rules.matches,
          onSubscribed: () => replayTo(subscriber),
          onClosed: () => void subscribers.delete(subscriber),
        })
        subscribers.add(subscriber)
      })
    },
    sendRaw(frame) {
      for (const one of subscribers) one.send(frame)
    },
    shape(wanted) {
      envelope = wanted
    },
    replay(count) {
      replay = count
    },
    hold(ms) {
      for (const one of subscribers) one.hold(ms)
    },
    cutAll() {
      for (const one of subscribers) one.cut()
    },
    get size() {
      return subscribers.size
    },
    close() {
      for (const one of subscribers) one.cut()
      options.webhooks.close()
      server.close()
    },
  }
}

/** An agent hears of what it owns; a child call that rings a phone has no owner (contract E.5). */
function scopesOf(resource: Publishable & Partial<Owned>): string[] {
  const scopes = [`customer_id:${resource.customer_id}`]
  if (resource.owner_type === 'agent' && resource.owner_id && resource.owner_id !== NIL)
    scopes.push(`agent_id:${resource.owner_id}`)
  return scopes
}
