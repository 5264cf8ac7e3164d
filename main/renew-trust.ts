// Other pins, without a restart: what was refused for its certificate is tried again, what is open is opened anew.
import { type ErrorCode, toAppError } from '../common/kit/errors.ts'
import type { Log } from '../common/kit/log.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { Pin, Settings } from '../common/model/settings.ts'
import type { SubscriptionFeature } from './subscription/subscription.ts'

interface RenewTrustParts {
  state(): AppState
  subscription: Pick<SubscriptionFeature, 'open' | 'wake'>
  /** The failed sign-in is not the last word any more. */
  forgetFailure(): void
  /** Resolves when the sign-in is decided; the rest follows by itself. */
  connectAgain(): Promise<void>
  log: Log
}

type Trust = Pick<Settings, 'pins' | 'caFile'>

/** What other pins or other authorities may mend. */
const aboutTrust: readonly ErrorCode[] = ['network.untrusted', 'network.caFile']

export function createRenewTrust(parts: RenewTrustParts) {
  return async (before: Trust, after: Trust): Promise<void> => {
    const { subscription, log } = parts
    const { account, subscription: events } = parts.state()
    // Awaited: a window that waits to sign in with a typed credential must come second, and so win.
    if (account.status === 'failed' && aboutTrust.includes(account.error.code)) {
      parts.forgetFailure()
      return parts.connectAgain()
    }
    if (account.status !== 'signedIn') return
    if (events.status === 'refused') {
      if (aboutTrust.includes(events.error.code))
        void subscription
          .open()
          .catch((thrown) => log.warn('events with new pins failed', toAppError(thrown).code))
      return
    }
    // Requests read the pins at each connection; the event socket is the one that stays open.
    const { hostname } = new URL(account.apiUrl)
    const trustOf = ({ pins, caFile }: Trust) => JSON.stringify([pinsOf(pins, hostname), caFile])
    if (trustOf(before) === trustOf(after)) return
    if (events.status === 'open' || events.status === 'waiting') subscription.wake()
  }
}

/** A pin may name a port, in any case; the name in an address is in lower case. */
const pinsOf = (pins: readonly Pin[], hostname: string) =>
  pins.filter(({ host }) => `${host.toLowerCase()}:`.startsWith(`${hostname}:`))
