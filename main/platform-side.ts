// The platform's side of the app: which one it is, who we are there, our extension and its events.
import type { StoreApi } from 'zustand/vanilla'
import type { ErrorCode, ErrorData } from '../common/kit/errors.ts'
import type { Scope } from '../common/kit/scope.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { AccountFeature } from './account/account.ts'
import { createAccount } from './account/create-account.ts'
import { explainSandbox } from './account/explain-sandbox.ts'
import { createExtension } from './extension/create-extension.ts'
import type { Host } from './host.ts'
import { toAddresses } from './platform/addresses.ts'
import { logIn } from './platform/customer.ts'
import { toTopics } from './platform/events/topics.ts'
import { isVoipbin } from './platform/ping.ts'
import type { Platform, PlatformOptions } from './platform/platform.ts'
import type { Reach } from './platform/tls.ts'
import { createPractice } from './practice/practice.ts'
import type { SettingsFeature } from './settings/settings.ts'
import { createSubscription } from './subscription/create-subscription.ts'

interface PlatformSideParts {
  host: Host
  store: StoreApi<AppState>
  settings: SettingsFeature
  notice(error: ErrorData): void
  settled(code: ErrorCode): void
  reach: Reach
  trace: PlatformOptions['trace']
  createPlatform(options: PlatformOptions): Platform
  onSignedIn(account: AccountFeature): void
}

export function openPlatformSide(scope: Scope, parts: PlatformSideParts) {
  const { host, store, settings } = parts
  const { log } = host
  const practice = createPractice(scope, {
    openPractice: host.openPractice,
    set: (next) => store.setState({ practice: next }),
  })
  const practiceNow = () => (settings.current().environment === 'practice' ? practice.address() : undefined)
  const addresses = () => toAddresses(settings.current(), practiceNow())

  const account = createAccount({
    scope,
    log,
    secrets: host.secrets,
    set: (next) => {
      store.setState({ account: next })
      if (next.status === 'signedIn') parts.onSignedIn(account)
    },
    notice: parts.notice,
    settled: parts.settled,
    apiUrl: () => addresses().apiUrl,
    reach: parts.reach,
    practiceCredential: () => {
      const accessKey = practiceNow()?.accessKey
      return accessKey === undefined ? undefined : { kind: 'accessKey', accessKey }
    },
    createPlatform: parts.createPlatform,
    logIn,
    explain: async (error, by) => {
      if (settings.current().environment !== 'sandbox') return error
      const { apiUrl } = addresses()
      return explainSandbox(error, by, () => isVoipbin({ apiUrl, ...parts.reach, trace: parts.trace }))
    },
    trace: parts.trace,
  })
  const extension = createExtension({
    log,
    secrets: host.secrets,
    set: (next) => store.setState({ extension: next }),
    platform: account.platform,
    signedIn: account.signedIn,
    domainOf: (customerId) => addresses().domainOf(customerId),
    wanted: () => settings.current().extension,
    remember: (name) => void settings.change({ extension: name }),
  })
  const subscription = createSubscription({
    scope,
    log,
    set: (next) => store.setState({ subscription: next }),
    platform: account.platform,
    topics: () => {
      const who = account.signedIn()
      return who ? toTopics(who) : []
    },
  })

  return { practice, addresses, account, extension, subscription }
}
