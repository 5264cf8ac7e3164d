// One event socket: keep-alive, subscriptions, and the silent end of an invalid topic (contract E.1, E.2).
import type { WebSocket } from 'ws'
import type { Identity } from '../http/credentials.ts'
import type { Timings } from '../world.ts'
import { isAllowedTopic, parseCommand } from './topics.ts'

export interface Subscriber {
  matches(topic: string): boolean
  send(frame: string | Buffer): void
  /** Nothing leaves for so long: what does not fit into its queue is dropped without a word. */
  hold(ms: number): void
  /** Destroys the connection: no close frame. */
  cut(): void
}

export interface SubscriberOptions {
  who: Identity
  timings: Timings
  matches(subscribed: string, topic: string): boolean
  onSubscribed(): void
  onClosed(): void
}

/** Of one connection (contract E.1, J). */
export const queueLimit = 2_000

export function createSubscriber(socket: WebSocket, options: SubscriberOptions): Subscriber {
  const topics = new Set<string>()
  let queue: Array<string | Buffer> | undefined
  let release: NodeJS.Timeout | undefined
  let pongAt = Date.now()
  // Pings begin at once on the clock of the server; data from the client does not count as a pong.
  const pings = setInterval(() => {
    if (Date.now() - pongAt > options.timings.pongTimeoutMs) socket.terminate()
    else socket.ping()
  }, options.timings.pingMs)

  socket.on('pong', () => {
    pongAt = Date.now()
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    clearInterval(pings)
    clearTimeout(release)
    options.onClosed()
  })
  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.terminate()
    const command = parseCommand(data.toString())
    if (!command) return
    // One invalid topic refuses the whole message.
    if (!command.topics.every((topic) => isAllowedTopic(topic, options.who))) return socket.terminate()
    for (const topic of command.topics) {
      if (command.type === 'subscribe') topics.add(String(topic))
      else topics.delete(String(topic))
    }
    if (command.type === 'subscribe') options.onSubscribed()
  })
  return {
    matches: (topic) => [...topics].some((subscribed) => options.matches(subscribed, topic)),
    send(frame) {
      if (!queue) socket.send(frame)
      else if (queue.length < queueLimit) queue.push(frame)
    },
    hold(ms) {
      queue ??= []
      clearTimeout(release)
      release = setTimeout(() => {
        const waiting = queue ?? []
        queue = undefined
        for (const frame of waiting) socket.send(frame)
      }, ms)
    },
    cut: () => socket.terminate(),
  }
}
