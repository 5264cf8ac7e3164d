// Webhooks: the customer's setting, and the local receiver whose deliveries are hints to look over REST.
import type { StoreApi } from 'zustand/vanilla'
import type { Log } from '../common/kit/log.ts'
import type { Scope } from '../common/kit/scope.ts'
import { sliceOf } from '../common/kit/slice.ts'
import type { AppState } from '../common/model/app-state.ts'
import { callRank } from '../common/model/call.ts'
import type { AccountFeature } from './account/account.ts'
import type { SecretStore } from './host.ts'
import type { PlatformEvent, PlatformOptions } from './platform/platform.ts'
import type { Presence } from './presence.ts'
import type { SettingsFeature } from './settings/settings.ts'
import type { SubscriptionFeature } from './subscription/subscription.ts'
import { createCustomerWebhook } from './webhook/customer-webhook.ts'
import { createReceiver } from './webhook/receiver.ts'

interface WebhookSideParts {
  store: StoreApi<AppState>
  settings: SettingsFeature
  account: AccountFeature
  secrets: SecretStore
  subscription: SubscriptionFeature
  presence: Presence
  trace: PlatformOptions['trace']
  log: Log
}

export function openWebhookSide(scope: Scope, parts: WebhookSideParts) {
  const { store, account, subscription, presence, log } = parts
  const webhook = createCustomerWebhook({
    slice: sliceOf(store, 'webhook'),
    platform: account.platform,
    signedIn: account.signedIn,
    secrets: parts.secrets,
  })
  /** Only calls that are known already: nobody who finds the address makes us ask for others. */
  const apply = (event: PlatformEvent) => {
    if (event.kind !== 'call') return
    const calls = presence.now()?.calls
    const known = calls?.book.get(event.call.id)
    if (!calls || !known || callRank[known.status] >= callRank[event.call.status]) return
    void calls
      .read(known.id)
      .catch((error) => log.debug('a call named by a webhook could not be read', error))
  }
  const receiver = createReceiver(scope, {
    slice: sliceOf(store, 'receiver'),
    settings: () => parts.settings.current().receiver,
    trace: parts.trace,
    apply,
  })
  scope.add(subscription.onEvent(receiver.heard))
  return { webhook, receiver }
}
