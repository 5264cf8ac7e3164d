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
  /** What somebody began to type or to read here is not for the next one. */
  forget(): void
  /** Nothing was there to go on with: the phone is made ready as at a start. */
  makeReady(): void
  log: Log
}

export interface SignIn {
  /** Practice is started first where it is the environment. */
  signIn(by: RequestInput<'account.signIn'>): Promise<void>
  /** The same person again: only the credential changes, and the event socket opens anew with it. */
  renew(by: RequestInput<'account.renew'>): Promise<void>
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
    parts.forget()
    store.setState({ calls: {}, links: {}, speakings: {}, bridged: {}, moments: {} })
  }
  const whoseNow = () => {
    const who = account.signedIn()
    return who && `${who.apiUrl} ${who.customerId}`
  }
  const startPractice = async () => {
    const { environment, dialect } = parts.settings()
    if (environment === 'practice') await practice.start(dialect)
  }
  return {
    async signIn(by) {
      await startPractice()
      await account.signIn(by)
      const next = whoseNow()
      if (owner !== undefined && next !== owner) {
        // First: nothing of the one before may be asked of the next while the phone says goodbye.
        forget()
        await unregister()
      }
      owner = next
      subscription.renew()
    },
    async renew(by) {
      await startPractice()
      await account.renew(by)
      const isFresh = owner === undefined
      owner = whoseNow()
      if (isFresh) parts.makeReady()
      else subscription.renew()
    },
    async leave() {
      await unregister()
      await end()
      forget()
    },
    end,
  }
}
