// Who is signed in, where, and what the role allows.
import type { ErrorData } from '../kit/errors.ts'

/**
 *   signedOut → signingIn → signedIn → expired → signingIn
 *                   ↓           ↑          │
 *                 failed        └─ renewed ┘       in place: calls, phone and events stay
 */
export type Account =
  | { status: 'signedOut' }
  | { status: 'signingIn' }
  | ({ status: 'signedIn' } & SignedIn)
  | ({ status: 'expired'; error: ErrorData } & SignedInBefore)
  | ({ status: 'failed'; error: ErrorData } & SignedInBefore)

/** Who it was, so that they need not type it again. */
export interface SignedInBefore {
  username?: string | undefined
  credential?: CredentialKind | undefined
}

export interface SignedIn {
  customerId: string
  customerName?: string | undefined
  /** Own agent id; an access key has none (contract B.2). */
  agentId?: string | undefined
  username?: string | undefined
  role: Role
  /** As the platform calls it; unknown to plain agents. `initial` may not place calls (contract B.3). */
  customerStatus?: string | undefined
  /** When the deletion of a frozen customer was asked for, epoch ms. */
  deletionAskedAt?: number | undefined
  credential: CredentialKind
  /** Epoch ms; unknown for access keys that do not say. */
  expiresAt?: number | undefined
  apiUrl: string
  /** When the platform last accepted the credential, epoch ms. */
  provenAt: number
  /** Whether the credential survives a restart, and if not why. */
  kept: 'kept' | 'memory'
}

/** An access key acts as customer admin (contract B.2). */
export type Role = 'agent' | 'admin' | 'manager' | 'superAdmin'
export type CredentialKind = 'accessKey' | 'password' | 'token'
