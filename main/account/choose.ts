// From what a person gave, or what is stored, to a credential; and back into the key store.
import type { RequestInput } from '../../common/bridge/table.ts'
import { AppError, toError } from '../../common/kit/errors.ts'
import type { Account, SignedInBefore } from '../../common/model/account.ts'
import { readClaims } from '../platform/claims.ts'
import type { AccountDeps } from './account.ts'
import { type OwnCredential, readStored, writeStored } from './stored-credential.ts'
import { toCredential } from './to-credential.ts'

type SignInBy = RequestInput<'account.signIn'>

export async function choose(
  deps: AccountDeps,
  by: SignInBy,
  apiUrl: string,
  before: Account,
): Promise<OwnCredential> {
  switch (by.by) {
    case 'accessKey':
      return toCredential(by.accessKey, 'accessKey')
    case 'token':
      return toCredential(by.token, 'token')
    case 'password': {
      const { username, password } = by
      const token = await deps.logIn({ apiUrl, ...deps.reach, trace: deps.trace, username, password })
      return { by: 'password', credential: { kind: 'token', token } }
    }
    case 'stored': {
      const practice = deps.practiceCredential()
      if (practice) return { by: practice.kind, credential: practice }
      const stored = await readStored(deps.secrets, apiUrl)
      if (stored) return stored
      // Why there is nothing stored says more than that there is nothing: the last attempt failed.
      throw 'error' in before ? toError(before.error) : new AppError('account.signedOut', { detail: apiUrl })
    }
  }
}

/** The clock says it already: no need to ask. */
export function rejectExpired({ credential }: OwnCredential, now: number): void {
  const expiresAt = credential.kind === 'token' ? readClaims(credential.token)?.expiresAt : undefined
  if (expiresAt !== undefined && expiresAt <= now) {
    throw new AppError('account.expired', { detail: new Date(expiresAt).toISOString() })
  }
}

/** Only what the platform has accepted is kept. A key store that fails costs the keeping, not the sign-in. */
export async function keep(
  deps: AccountDeps,
  apiUrl: string,
  by: SignInBy,
  own: OwnCredential,
): Promise<'kept' | 'memory'> {
  // Practice makes up a new key at each start.
  if (deps.practiceCredential()) return 'memory'
  try {
    if (by.by !== 'stored') await writeStored(deps.secrets, apiUrl, own)
    return deps.secrets.kept
  } catch (thrown) {
    deps.log.warn('the key store did not take the credential', thrown)
    return 'memory'
  }
}

/** As far as it is known without asking. */
export function toBefore(by: SignInBy, own: OwnCredential | undefined): SignedInBefore {
  if (by.by === 'password') return { username: by.username, credential: 'password' }
  if (!own) return {}
  const { credential } = own
  const username = credential.kind === 'token' ? readClaims(credential.token)?.username : undefined
  return { username, credential: own.by }
}
