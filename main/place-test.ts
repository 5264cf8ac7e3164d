// The test call: from what is set and known, for whoever asked, and only while they are here.
import { AppError } from '../common/kit/errors.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { Settings } from '../common/model/settings.ts'
import type { AccountFeature } from './account/account.ts'
import type { Calls } from './call/calls.ts'
import { whyNotPlaced } from './call/place.ts'
import type { NumbersFeature } from './number/numbers.ts'

interface PlaceTestParts {
  settings(): Settings
  extension(): AppState['extension']
  /** Of whoever is signed in; throws `account.signedOut`. */
  calls(): Pick<Calls, 'placeTest'>
  account: Pick<AccountFeature, 'mayCall' | 'platform'>
  numbers: Pick<NumbersFeature, 'newest'>
  /** Lets it ring whatever is set; returns how that is taken back. */
  expectOwnCall(): () => void
  isRegistered(): boolean
}

export function createPlaceTest(parts: PlaceTestParts) {
  const { account, numbers } = parts
  return async () => {
    const calls = parts.calls()
    const checkHere = () => {
      if (parts.calls() !== calls) throw new AppError('app.stopped', { detail: 'signed out meanwhile' })
    }
    const { language, sourceNumber } = parts.settings()
    await account.mayCall()
    checkHere()
    const extension = ready(parts.extension())
    const known = await numbers.newest()
    checkHere()
    const forgetOwnCall = parts.expectOwnCall()
    const test = { language, extension, sourceNumber, numbers: known }
    return calls.placeTest(test).catch(async (thrown: unknown) => {
      forgetOwnCall()
      throw await whyNotPlaced(thrown, { platform: account.platform(), isRegistered: parts.isRegistered() })
    })
  }
}

function ready(extension: AppState['extension']) {
  if (extension.status === 'ready') return extension
  throw new AppError('extension.missing')
}
