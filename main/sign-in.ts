// Signing in and leaving across the features: what belongs to one customer never stays for the next.
import type { StoreApi } from 'zustand/vanilla'
import type { RequestInput } from '../common/bridge/table.ts'
import { toAppError } from '../common/kit/errors.ts'
import type { Log } from '../common/kit/log.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { Settings } from '../common/model/settings.ts'
import type { AccountFeature } from './account/account.ts'
import type { ExtensionFeature } from './extension/extension.ts'
import type { PhoneRegistration } from './phone/registration.ts'
import type { createPractice } from './practice/practice.ts'
import type { Presence } from './presence.ts'
import type { SubscriptionFeature } from './subscription/subscription.ts'

interface SignInParts {
  account: AccountFeature
  practice: ReturnType<typeof createPractice>
  settings(): Settings
  registration: PhoneRegistration
  subscription: SubscriptionFeature
  extension: ExtensionFeature
  presence: Presence
  store: Pick<StoreApi<AppState>, 'setState'>
  log: Log
}

export interface SignIn {
  /** Practice is started first where it is the environment. */
  signIn(by: RequestInput<'account.signIn'>): Promise<void>
  /** Unregisters, ends speaking, calls and events, and forgets whose they were; the account itself stays. */
  leave(): Promise<void>
  /** Ends what lives with the sign-in, without a word to the phone: for quitting. */
  end(): Promise<void>
}

export function createSignIn(parts: SignInParts): SignIn {
  const { account, practice, registration, subscription, extension, presence, store, log } = parts
  /** Whose extension, events and calls are in the state: API address and customer. */
  let owner: string | undefined

  const unregister = () =>
    registration.unregister().catch((error) => log.warn('not unregistered', toAppError(error).code))
  const end = async () => {
    subscription.close()
    await presence.end()
  }
  const forget = () => {
    owner = undefined
    subscription.close()
    extension.leave()
    store.setState({ calls: {}, links: {}, speakings: {} })
  }
  return {
    async signIn(by) {
      const { environment, dialect } = parts.settings()
      if (environment === 'practice') await practice.start(dialect)
      await account.signIn(by)
      const who = account.signedIn()
      const next = who && `${who.apiUrl} ${who.customerId}`
      if (owner !== undefined && next !== owner) {
        await unregister()
        forget()
      }
      owner = next
    },
    async leave() {
      await unregister()
      await end()
      forget()
    },
    end,
  }
}
