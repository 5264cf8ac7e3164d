// How a sign-in that failed is shown: as a mistake, or as the end of one that was taken before.
import { AppError } from '../../common/kit/errors.ts'
import type { Account } from '../../common/model/account.ts'
import type { SignInBy } from './account.ts'
import { toBefore } from './choose.ts'
import type { OwnCredential } from './stored-credential.ts'

/** What was kept is no longer taken: the same form as for one that expires while somebody looks (contract I.6, I.7). */
export function toFailed(error: AppError, by: SignInBy, chosen: OwnCredential | undefined): Account {
  const before = toBefore(by, chosen)
  const isOver = error.code === 'account.expired' || error.code === 'account.rejected'
  if (by.by === 'stored' && chosen && isOver) {
    const said = error.code === 'account.rejected' ? toKeyEnded(error) : error
    return { status: 'expired', error: said.toData(), ...before }
  }
  return { status: 'failed', error: error.toData(), ...before }
}

/** The key was taken once, so it is no typing error. */
export function toKeyEnded({ detail, status, requestId }: AppError): AppError {
  return new AppError('account.keyEnded', { detail, status, requestId })
}
