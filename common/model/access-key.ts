// The access keys of the customer, without their tokens: those are shown once, by who made them (contract B.2).
import type { ErrorData } from '../kit/errors.ts'

export type AccessKeys =
  | { status: 'unread' }
  | { status: 'reading'; keys: AccessKey[] }
  | { status: 'ready'; keys: AccessKey[]; readAt: number }
  | { status: 'failed'; keys: AccessKey[]; error: ErrorData }

export interface AccessKey {
  id: string
  name: string
  /** The first characters of its token. */
  prefix: string
  createdAt?: number | undefined
  /** Never without one. */
  expiresAt?: number | undefined
  /** This companion is signed in with it. */
  inUse: boolean
}
