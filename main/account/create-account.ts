// Signs in and out, keeps the credential of each server, and notices when it is no longer taken.
import { AppError, toAppError, toError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Account, SignedIn } from '../../common/model/account.ts'
import { readClaims } from '../platform/claims.ts'
import type { Platform } from '../platform/platform.ts'
import type { AccountDeps, AccountFeature, SignInBy } from './account.ts'
import { prove } from './prove.ts'
import { forgetStored, type OwnCredential, readStored, writeStored } from './stored-credential.ts'
import { toCredential } from './to-credential.ts'

/** A day before the end of a token the person is told (contract I.6). */
const warnMs = 24 * 3600_000
/** setTimeout cannot wait longer. */
const longestTimerMs = 2 ** 31 - 1

export function createAccount(deps: AccountDeps): AccountFeature {
  const now = deps.now ?? Date.now
  let account: Account = { status: 'signedOut' }
  let platform: Platform | undefined
  /** Ends with the sign-in: its timers, and its right to change the state. */
  let life: Scope = deps.scope.child('account')

  const become = (next: Account) => {
    account = next
    if (next.status !== 'signedIn') platform = undefined
    deps.log.info(`account ${next.status}`, 'error' in next ? next.error.code : undefined)
    deps.set(next)
  }
  /** A new lifetime; whatever an older one still does is stale. */
  const begin = () => {
    void life.end()
    life = deps.scope.child('account')
    return life
  }
  const expire = (own: Scope, error: AppError) => {
    if (own.ended || account.status !== 'signedIn') return
    begin()
    become({ status: 'expired', error: error.toData() })
  }

  function open(own: Scope, apiUrl: string, { credential }: OwnCredential): Platform {
    return deps.createPlatform({
      apiUrl,
      credential,
      get pins() {
        return deps.pins()
      },
      trace: deps.trace,
      onUnauthenticated: (error) => expire(own, error),
    })
  }

  async function signIn(by: SignInBy): Promise<void> {
    const before = account
    const own = begin()
    become({ status: 'signingIn' })
    try {
      const apiUrl = deps.apiUrl()
      const chosen = await choose(deps, by, apiUrl, before)
      rejectExpired(chosen, now())
      const opened = open(own, apiUrl, chosen)
      const proof = await prove(opened, chosen)
      if (own.ended) throw new AppError('app.stopped', { detail: 'another sign-in began' })
      const kept = await keep(deps, apiUrl, by, chosen)
      if (own.ended) throw new AppError('app.stopped', { detail: 'another sign-in began' })
      platform = opened
      become({ status: 'signedIn', ...proof, apiUrl, credential: chosen.by, provenAt: now(), kept })
      watchExpiry(own, proof.expiresAt)
    } catch (thrown) {
      const error = toAppError(thrown)
      if (!own.ended) become({ status: 'failed', error: error.toData() })
      throw error
    }
  }

  function watchExpiry(own: Scope, expiresAt: number | undefined): void {
    if (expiresAt === undefined) return
    const at = (time: number, run: () => void) => {
      const wait = Math.max(0, time - now())
      own.after(Math.min(wait, longestTimerMs), () => (wait > longestTimerMs ? at(time, run) : run()))
    }
    const detail = new Date(expiresAt).toISOString()
    at(expiresAt - warnMs, () => deps.notice(new AppError('account.expiring', { detail }).toData()))
    at(expiresAt, () => expire(own, new AppError('account.expired', { detail })))
  }

  return {
    signIn,
    async signOut() {
      begin()
      const apiUrl = account.status === 'signedIn' ? account.apiUrl : safely(deps.apiUrl)
      become({ status: 'signedOut' })
      if (apiUrl !== undefined) await forgetStored(deps.secrets, apiUrl)
    },
    leave() {
      begin()
      become({ status: 'signedOut' })
    },
    platform() {
      if (platform) return platform
      throw new AppError(account.status === 'expired' ? 'account.expired' : 'account.signedOut')
    },
    signedIn: (): SignedIn | undefined => (account.status === 'signedIn' ? account : undefined),
    async hasStored() {
      if (deps.practiceCredential()) return true
      const apiUrl = safely(deps.apiUrl)
      return apiUrl !== undefined && (await readStored(deps.secrets, apiUrl)) !== undefined
    },
  }
}

async function choose(
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
      const token = await deps.logIn({ apiUrl, pins: deps.pins(), trace: deps.trace, username, password })
      return { by: 'password', credential: { kind: 'token', token } }
    }
    case 'stored': {
      const practice = deps.practiceCredential()
      if (practice) return { by: practice.kind, credential: practice }
      const stored = await readStored(deps.secrets, apiUrl)
      if (stored) return stored
      // Why there is nothing stored says more than that there is nothing: the last attempt failed.
      throw before.status === 'failed'
        ? toError(before.error)
        : new AppError('account.signedOut', { detail: apiUrl })
    }
  }
}

/** The clock says it already: no need to ask. */
function rejectExpired({ credential }: OwnCredential, now: number): void {
  const expiresAt = credential.kind === 'token' ? readClaims(credential.token)?.expiresAt : undefined
  if (expiresAt !== undefined && expiresAt <= now) {
    throw new AppError('account.expired', { detail: new Date(expiresAt).toISOString() })
  }
}

/** Only what the platform has accepted is kept. A key store that fails costs the keeping, not the sign-in. */
async function keep(
  deps: AccountDeps,
  apiUrl: string,
  by: SignInBy,
  own: OwnCredential,
): Promise<'kept' | 'memory'> {
  // Practice makes up a new key at each start.
  if (by.by === 'stored' && deps.practiceCredential()) return 'memory'
  try {
    if (by.by !== 'stored') await writeStored(deps.secrets, apiUrl, own)
    return deps.secrets.kept
  } catch (thrown) {
    deps.log.warn('the key store did not take the credential', thrown)
    return 'memory'
  }
}

function safely<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
