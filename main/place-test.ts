// Calls that the platform places to this phone: from what is set and known, for whoever asked, and only while they are here.
import { AppError } from '../common/kit/errors.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { OwnNumber } from '../common/model/number.ts'
import type { Settings } from '../common/model/settings.ts'
import type { AccountFeature } from './account/account.ts'
import type { Calls } from './call/calls.ts'
import { whyNotPlaced } from './call/place.ts'
import type { NumbersFeature } from './number/numbers.ts'

interface PlacingParts {
  settings(): Settings
  extension(): AppState['extension']
  /** Of whoever is signed in; throws `account.signedOut`. */
  calls(): Pick<Calls, 'placeTest' | 'placeThrough'>
  account: Pick<AccountFeature, 'mayCall' | 'platform'>
  numbers: Pick<NumbersFeature, 'newest'>
  /** Lets it ring whatever is set; returns how that is taken back. */
  expectOwnCall(): () => void
  isRegistered(): boolean
}

interface Known {
  language: string
  sourceNumber: string
  extension: Extract<AppState['extension'], { status: 'ready' }>
  numbers: readonly OwnNumber[]
}

export function createPlacing(parts: PlacingParts) {
  const { account, numbers } = parts
  const place = async <T>(by: (calls: ReturnType<PlacingParts['calls']>, known: Known) => Promise<T>) => {
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
    return by(calls, { language, sourceNumber, extension, numbers: known }).catch(async (thrown: unknown) => {
      forgetOwnCall()
      throw await whyNotPlaced(thrown, { platform: account.platform(), isRegistered: parts.isRegistered() })
    })
  }
  return {
    test: () => place((calls, known) => calls.placeTest(known)),
    /** Rings this phone, and joins it with `to`, which sees `from`. */
    through: (wish: { from: string; to: string }) =>
      place((calls, known) => calls.placeThrough({ ...known, ...wish })),
  }
}

function ready(extension: AppState['extension']) {
  if (extension.status === 'ready') return extension
  throw new AppError('extension.missing')
}
