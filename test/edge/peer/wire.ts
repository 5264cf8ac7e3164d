// The UDP socket of a peer: every message sent and received is kept with its time, and can be lost or held up on purpose.
import { createSocket, type Socket } from 'node:dgram'
import { createFacts, type Facts, nowMs } from './facts.ts'
import { buildMessage, cseq, parseMessage, type SipMessage } from './message.ts'

export interface Place {
  host: string
  port: number
}

export interface WireRecord {
  /** Epoch ms with fractions. */
  at: number
  way: 'sent' | 'received'
  message: SipMessage
  /** A fault ate it: sent into nothing, or never seen by the peer. */
  lost: boolean
}

/** What becomes of a message: nothing special, lost, or so many milliseconds later. */
export type WireFault = (way: WireRecord['way'], message: SipMessage) => 'lose' | number | undefined

export interface Wire {
  readonly place: Place
  readonly log: Facts<WireRecord>
  send(message: SipMessage, to: Place): void
  /** Any text, for messages that no builder would make. */
  sendRaw(text: string, to: Place): void
  /** Applies to every message until its stop is called. */
  fault(fault: WireFault): () => void
  close(): Promise<void>
}

export async function openWire(
  host: string,
  onMessage: (message: SipMessage, from: Place) => void,
  port = 0,
): Promise<Wire> {
  const socket = await bindSocket(host, port)
  const log = createFacts<WireRecord>(
    ({ way, message }) => `${way === 'sent' ? '→' : '←'} ${nameOf(message)}`,
  )
  const faults = new Set<WireFault>()
  const held = new Set<ReturnType<typeof setTimeout>>()
  let closed = false

  const pass = (way: WireRecord['way'], message: SipMessage, go: () => void) => {
    const fates = [...faults].map((fault) => fault(way, message))
    if (fates.includes('lose')) return log.tell({ at: nowMs(), way, message, lost: true })
    const onward = () => {
      if (closed) return
      log.tell({ at: nowMs(), way, message, lost: false })
      go()
    }
    const delayMs = Math.max(0, ...fates.map((fate) => (typeof fate === 'number' ? fate : 0)))
    if (delayMs === 0) return onward()
    const timer = setTimeout(() => {
      held.delete(timer)
      onward()
    }, delayMs)
    held.add(timer)
  }

  socket.on('message', (bytes, { address, port: from }) => {
    const message = parseMessage(bytes.toString('utf8'))
    if (message) pass('received', message, () => onMessage(message, { host: address, port: from }))
  })
  // A port that nobody listens on any more shows as an error here; the transactions' timers tell the story.
  socket.on('error', () => {})
  const put = (text: string, to: Place) => {
    if (!closed) socket.send(text, to.port, to.host, () => {})
  }

  return {
    place: { host, port: socket.address().port },
    log,
    send: (message, to) => pass('sent', message, () => put(buildMessage(message), to)),
    sendRaw: put,
    fault(fault) {
      faults.add(fault)
      return () => faults.delete(fault)
    },
    close: () =>
      new Promise((resolve) => {
        closed = true
        for (const timer of held) clearTimeout(timer)
        socket.close(() => resolve())
      }),
  }
}

/** `INVITE`, or `200 INVITE` for a response. */
export function nameOf(message: SipMessage): string {
  if (message.kind === 'request') return message.method
  return `${message.status} ${cseq(message).method}`
}

export function bindSocket(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    socket.once('error', reject)
    socket.bind(port, host, () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}
