// Everything about whose account it is: in, out, anew, a new one, and the customer's access keys.
import type { StoreApi } from 'zustand/vanilla'
import type { ErrorData } from '../common/kit/errors.ts'
import { sliceOf } from '../common/kit/slice.ts'
import type { AppState } from '../common/model/app-state.ts'
import { createAccessKeysFeature } from './access-key/access-keys.ts'
import type { AccountFeature } from './account/account.ts'
import { createNumbers } from './number/numbers.ts'
import type { PeopleFeature } from './people/people.ts'
import type { PlatformOptions } from './platform/platform.ts'
import { createSignUpClient } from './platform/sign-up.ts'
import type { Reach } from './platform/tls.ts'
import type { createPractice } from './practice/practice.ts'
import type { SettingsFeature } from './settings/settings.ts'
import { createSignIn } from './sign-in.ts'
import { createSignUp } from './sign-up/sign-up.ts'
import type { CustomerWebhookFeature } from './webhook/customer-webhook.ts'

type SignInParts = Parameters<typeof createSignIn>[0]

interface AccountSideParts
  extends Pick<
    SignInParts,
    'registration' | 'subscription' | 'extension' | 'presence' | 'makeReady' | 'log'
  > {
  store: StoreApi<AppState>
  settings: SettingsFeature
  account: AccountFeature
  practice: ReturnType<typeof createPractice>
  webhook: Pick<CustomerWebhookFeature, 'leave'>
  people: Pick<PeopleFeature, 'leave'>
  apiUrl(): string
  reach: Reach
  trace: PlatformOptions['trace']
  notice(error: ErrorData): void
}

export function openAccountSide(parts: AccountSideParts) {
  const { store, settings, account, practice } = parts
  const signIn = createSignIn({
    ...parts,
    settings: settings.current,
    forget() {
      accessKeys.leave()
      numbers.leave()
      parts.people.leave()
      signUp.leave()
      parts.webhook.leave()
    },
  })
  const client = createSignUpClient(() => ({
    apiUrl: parts.apiUrl(),
    ...parts.reach,
    trace: parts.trace,
  }))
  const prepare = async () => {
    const { environment, dialect } = settings.current()
    if (environment === 'practice') await practice.start(dialect)
  }
  const signUp = createSignUp({
    slice: sliceOf(store, 'signUp'),
    client,
    prepare,
    signIn: async (accessKey) => {
      await account.keepKey(accessKey)
      await signIn.signIn({ by: 'accessKey', accessKey })
    },
  })
  const accessKeys = createAccessKeysFeature({
    slice: sliceOf(store, 'accessKeys'),
    platform: account.platform,
    signedIn: account.signedIn,
    usesKey: account.usesKey,
    endKey: account.endKey,
    learnExpiry: account.learnExpiry,
    signInWith: (accessKey) => signIn.renew({ by: 'accessKey', accessKey }),
    notice: parts.notice,
  })
  const numbers = createNumbers({
    slice: sliceOf(store, 'numbers'),
    platform: account.platform,
    signedIn: account.signedIn,
  })
  return { ...signIn, signUp, accessKeys, numbers, forgotPassword: client.forgotPassword }
}
