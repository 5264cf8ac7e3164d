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
  /** Destroys every socket without a close frame. */
  cutAll(): void
  readonly size: number
  close(): void
}

export function createEvents(options: {
  dialect: Dialect
  faults: Faults
  timings: Timings
  stamp(): string
}): Events {
  const rules = options.dialect.events
  const server = new WebSocketServer({ noServer: true })
  const subscribers = new Set<Subscriber>()

  function deliver(type: string, resource: Publishable & Record<string, unknown>): void {
    const shown = options.dialect.show(resource)
    const at = options.stamp()
    for (const scope of scopesOf(resource))
      for (const topic of rules.topics(scope, type, resource)) {
        const text = JSON.stringify(rules.frame(type, topic, shown, at))
        for (const one of subscribers) if (one.matches(topic)) one.send(text)
      }
  }

  return {
    publish(type, resource) {
      if (rules.isInternal(type)) return
      // The state as of now, however late it is delivered.
      const snapshot = structuredClone(resource) as Publishable & Record<string, unknown>
      options.faults.shapeEvent(type, () => deliver(type, snapshot))
    },
    accept(request, socket, head, who) {
      server.handleUpgrade(request, socket, head, (ws) => {
        const subscriber = createSubscriber(ws, {
          who,
          timings: options.timings,
          matches: rules.matches,
          onClosed: () => void subscribers.delete(subscriber),
        })
        subscribers.add(subscriber)
      })
    },
    sendRaw(frame) {
      for (const one of subscribers) one.send(frame)
    },
    cutAll() {
      for (const one of subscribers) one.cut()
    },
    get size() {
      return subscribers.size
    },
    close() {
      for (const one of subscribers) one.cut()
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
