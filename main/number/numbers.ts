// The telephone numbers of the customer: read when somebody looks, and before a call that may come from one.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Slice } from '../../common/kit/slice.ts'
import type { SignedIn } from '../../common/model/account.ts'
import type { Numbers, OwnNumber } from '../../common/model/number.ts'
import { may, toStanding } from '../../common/model/roles.ts'
import type { Platform } from '../platform/platform.ts'

export interface NumbersFeature {
  /** All pages. Fails with AppError, which also becomes the state. */
  list(): Promise<void>
  /** The newest view, read anew; what is known where that fails: a call does not depend on it. */
  newest(): Promise<OwnNumber[]>
  /** Somebody else is here now. */
  leave(): void
}

export interface NumbersParts {
  slice: Slice<Numbers>
  platform(): Pick<Platform, 'numbers'>
  signedIn(): SignedIn | undefined
  now?: () => number
}

export function createNumbers({ slice, platform, signedIn, now = Date.now }: NumbersParts): NumbersFeature {
  /** Grows when somebody else signs in: an answer for the one before is dropped. */
  let generation = 0

  const known = () => {
    const state = slice.get()
    return state.status === 'unread' ? [] : state.numbers
  }
  const checkMay = () => {
    const who = signedIn()
    if (who && !may(who, 'numbers'))
      throw new AppError('account.notPermitted', { detail: `numbers are not for ${toStanding(who)}s` })
  }
  const read = async (): Promise<OwnNumber[]> => {
    const own = generation
    const before = known()
    try {
      checkMay()
      slice.set({ status: 'reading', numbers: before })
      const numbers = await platform().numbers.list()
      if (own === generation) slice.set({ status: 'ready', numbers, readAt: now() })
      return numbers
    } catch (thrown) {
      const error = toAppError(thrown)
      if (own === generation) slice.set({ status: 'failed', numbers: before, error: error.toData() })
      throw error
    }
  }
  return {
    list: async () => void (await read()),
    newest: () => read().catch(known),
    leave() {
      generation++
      slice.set({ status: 'unread' })
    },
  }
}
