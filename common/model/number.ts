// The telephone numbers of the customer, and which of them calls of the platform show (contract C.2).
import type { ErrorData } from '../kit/errors.ts'

export type Numbers =
  | { status: 'unread' }
  | { status: 'reading'; numbers: OwnNumber[] }
  | { status: 'ready'; numbers: OwnNumber[]; readAt: number }
  | { status: 'failed'; numbers: OwnNumber[]; error: ErrorData }

export interface OwnNumber {
  id: string
  /** E.164. */
  number: string
  name: string
  /** `normal` or `virtual`; only normal ones reach the telephone network. */
  type: string
  /** `active` or `deleted`. */
  status: string
}

/** Virtual ones do not count (contract C.2). */
export const isUsable = ({ type, status }: Pick<OwnNumber, 'type' | 'status'>) =>
  type === 'normal' && status === 'active'

/** The chosen number, also one that is no longer ours: the platform has the last word. Else the first that can. */
export function toSource(numbers: readonly OwnNumber[], chosen: string): string | undefined {
  return chosen || numbers.find(isUsable)?.number
}
