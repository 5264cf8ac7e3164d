// The features of whoever is signed in now: opened with the sign-in, ended with it.
import { AppError } from '../common/kit/errors.ts'
import type { Scope } from '../common/kit/scope.ts'
import type { AccountFeature } from './account/account.ts'
import { openSignedIn, type SignedInFeatures, type SignedInParts } from './signed-in.ts'

export interface Presence {
  /** Throws `account.signedOut`. */
  features(): SignedInFeatures
  now(): SignedInFeatures | undefined
  /** Of whoever is signed in now, ended with the sign-in. Throws `account.signedOut`. */
  life(): Scope
  /** After a sign-in: nothing changes when it is the same platform. */
  follow(account: AccountFeature): void
  end(): Promise<void>
}

export function createPresence(scope: Scope, parts: Omit<SignedInParts, 'platform'>): Presence {
  let present: { features: SignedInFeatures; life: Scope } | undefined

  const end = async () => {
    const ending = present
    present = undefined
    await ending?.life.end()
  }
  const here = () => {
    if (!present) throw new AppError('account.signedOut')
    return present
  }
  return {
    features: () => here().features,
    life: () => here().life,
    now: () => present?.features,
    follow(account) {
      if (!account.signedIn() || present?.features.platform === account.platform()) return
      void end()
      const life = scope.child('signed in')
      present = { life, features: openSignedIn(life, { ...parts, platform: account.platform() }) }
    },
    end,
  }
}
