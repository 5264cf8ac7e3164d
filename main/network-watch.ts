// Notices that the network is back, or that the machine has slept, sooner than the next try of whoever lost it: both back off
// to half a minute, so that a server which is down is not hammered, and nobody wants to wait that long for a cable.
import { networkInterfaces } from 'node:os'
import type { Scope } from '../common/kit/scope.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { PhoneState } from '../common/model/phone.ts'

interface NetworkWatchParts {
  state(): Pick<AppState, 'subscription'>
  phone(): Pick<PhoneState, 'registration'>
  /** Whether the platform answers; fails and hangs as networks do. */
  ping(): Promise<boolean>
  /** Whoever waits for their next try tries now; nobody else is disturbed. */
  retry(): void
  /** The socket of the phone may be dead: it is asked for a sign of life. */
  probe(): void
  /** Time has passed without us: no socket is to be trusted. */
  wake(): void
  /** Own addresses, in any text that changes with them. */
  addresses?: () => string
  now?: () => number
}

const tickMs = 1_000
/** A timer that comes so much later than it was due has slept. */
const sleptMs = 15_000
/** While the platform does not answer, and while it does and something else is wrong. */
const pingEveryMs = { down: 2_000, up: 10_000 }

export function watchNetwork(scope: Scope, parts: NetworkWatchParts): void {
  const { addresses = ownAddresses, now = Date.now } = parts
  let last = now()
  let known = addresses()
  let isDown = false
  let pinging = false
  let nextPingAt = 0

  const isLost = () => {
    const { registration } = parts.phone()
    return registration.status === 'waiting' || parts.state().subscription.status === 'waiting'
  }
  const ping = async () => {
    pinging = true
    const answers = await parts.ping().catch(() => false)
    pinging = false
    if (scope.ended) return
    nextPingAt = now() + (answers ? pingEveryMs.up : pingEveryMs.down)
    if (answers && isDown) parts.retry()
    isDown = !answers
  }
  scope.every(tickMs, () => {
    const at = now()
    const slept = at - last - tickMs
    last = at
    if (slept > sleptMs) return parts.wake()
    const found = addresses()
    const moved = found !== known
    known = found
    // An address more or less may be a network that others use.
    if (moved && found !== '') isLost() ? parts.retry() : parts.probe()
    if (!isLost()) {
      isDown = false
      nextPingAt = 0
    } else if (!pinging && at >= nextPingAt) void ping()
  })
}

function ownAddresses(): string {
  const all = Object.values(networkInterfaces()).flatMap((each = []) => each)
  return all
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
    .sort()
    .join(' ')
}
