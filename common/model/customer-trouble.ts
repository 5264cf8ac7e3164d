// What is the matter with the customer, so that calls are refused: its address is not confirmed, or it is to be deleted.
import { AppError } from '../kit/errors.ts'
import type { SignedIn } from './account.ts'

/** Nothing for a customer that may call (contract B.3, I.11). */
export function toCustomerTrouble(
  who: Pick<SignedIn, 'customerStatus' | 'deletionAskedAt'>,
): AppError | undefined {
  if (who.customerStatus === 'initial') return new AppError('account.initial')
  if (who.customerStatus !== 'frozen') return undefined
  const asked = who.deletionAskedAt
  if (asked === undefined) return new AppError('account.frozen')
  const day = new Date(asked).toISOString().slice(0, 10)
  return new AppError('account.frozen', { detail: `deletion asked for on ${day}` })
}
