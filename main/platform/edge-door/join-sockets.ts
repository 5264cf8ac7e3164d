// Two WebSockets as one: frames both ways as they come, and the end of one is the end of the other.
import type WebSocket from 'ws'

/** How long a goodbye may take. */
const goodbyeMs = 1_000

export function joinSockets(near: WebSocket, far: WebSocket): void {
  pass(near, far)
  pass(far, near)
}

function pass(from: WebSocket, to: WebSocket): void {
  from.on('message', (data, isBinary) => {
    if (to.readyState === to.OPEN) to.send(data as Buffer, { binary: isBinary })
  })
  from.on('error', () => {})
  from.on('close', (code, reason) => {
    if (to.readyState === to.CLOSED) return
    // Lost without a word on one side: the other side learns it the same way, at once.
    if (!mayBeSent(code)) return to.terminate()
    to.close(code, reason)
    const timer = setTimeout(() => to.terminate(), goodbyeMs)
    to.once('close', () => clearTimeout(timer))
  })
}

/** RFC 6455 section 7.4: 1005, 1006 and 1015 are never on the wire. */
const mayBeSent = (code: number) =>
  (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999)
