// Signs in and out, keeps the credential of each server, renews it in place, and notices when it is no longer taken.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Account, SignedIn } from '../../common/model/account.ts'
import { toCustomerTrouble } from '../../common/model/customer-trouble.ts'
import type { Credential, Platform } from '../platform/platform.ts'
import type { AccountDeps, AccountFeature, SignInBy } from './account.ts'
import { choose, keep, rejectExpired } from './choose.ts'
import { isSamePerson, mayTakeOver } from './person.ts'
import { type Proof, prove } from './prove.ts'
import { forgetStored, type OwnCredential, readStored } from './stored-credential.ts'
import { toCredential } from './to-credential.ts'
import { toFailed, toKeyEnded } from './to-failed.ts'
import { watchExpiry } from './watch-expiry.ts'

/** What a sign-in left behind. It outlives its expiry: calls go on, and a renewal takes it over. */
interface Held {
  /** Which of the platforms that were opened it is. */
  lease: object
  platform: Platform
  credential: Credential
  who: SignedIn
}

/** What a new sign-in settles. */
const ownNotices = [
  'account.expiring',
  'account.expired',
  'account.keyEnded',
  'account.initial',
  'account.frozen',
] as const

export function createAccount(deps: AccountDeps): AccountFeature {
  const now = deps.now ?? Date.now
  let account: Account = { status: 'signedOut' }
  let held: Held | undefined
  /** Ends with the sign-in: its timers. */
  let life: Scope = deps.scope.child('account')
  /** Grows with everything a person asks for: an answer for an older wish is dropped. */
  let wish = 0

  const become = (next: Account) => {
    account = next
    deps.log.info(`account ${next.status}`, 'error' in next ? next.error.code : undefined)
    deps.set(next)
  }
  const restart = () => {
    void life.end()
    life = deps.scope.child('account')
    return life
  }
  const settleAll = () => {
    for (const code of ownNotices) deps.settled(code)
  }
  const checkWanted = (own: number) => {
    if (own !== wish) throw new AppError('app.stopped', { detail: 'another sign-in began' })
  }
  const expire = (error: AppError) => {
    if (account.status !== 'signedIn') return
    restart()
    const { username, credential } = account
    const said = error.code === 'account.rejected' ? toKeyEnded(error) : error
    become({ status: 'expired', error: said.toData(), username, credential })
    deps.settled('account.expiring')
    deps.notice(said.toData())
  }

  const watcher = {
    soon: (error: AppError) => deps.notice(error.toData()),
    over: (error: AppError) => expire(held?.credential.kind === 'accessKey' ? toKeyEnded(error) : error),
  }

  function open(apiUrl: string, credential: Credential, lease: object): Platform {
    return deps.createPlatform({
      apiUrl,
      credential,
      get pins() {
        return deps.reach.pins
      },
      get authorities() {
        return deps.reach.authorities
      },
      proxyFor: deps.reach.proxyFor,
      trace: deps.trace,
      onUnauthenticated: (error) => {
        if (held?.lease === lease) expire(error)
      },
    })
  }

  /** From a proven credential on: who it is stays signed in until it ends. */
  function enter(next: Held): void {
    const { who } = next
    if (held && mayTakeOver(held.who, who)) {
      held.platform.renew(next.credential)
      held = { ...held, credential: next.credential, who }
    } else held = next
    const own = restart()
    become({ status: 'signedIn', ...who })
    settleAll()
    const trouble = toCustomerTrouble(who)
    if (trouble) deps.notice(trouble.toData())
    watchExpiry(own, who.expiresAt, now, watcher)
  }

  /** Whose credential it is, by the platform's own word. */
  async function ask(apiUrl: string, { credential, by }: OwnCredential): Promise<Omit<Held, 'who'> & Asked> {
    const lease = {}
    const platform = open(apiUrl, credential, lease)
    return { lease, platform, credential, by, proof: await prove(platform, { credential, by }) }
  }

  async function explain(thrown: unknown, by: SignInBy): Promise<AppError> {
    const error = toAppError(thrown)
    return (await deps.explain?.(error, by)) ?? error
  }

  async function signIn(by: SignInBy): Promise<void> {
    const before = account
    const own = ++wish
    restart()
    become({ status: 'signingIn' })
    let chosen: OwnCredential | undefined
    try {
      const apiUrl = deps.apiUrl()
      chosen = await choose(deps, by, apiUrl, before)
      rejectExpired(chosen, now())
      const asked = await ask(apiUrl, chosen)
      checkWanted(own)
      const kept = await keep(deps, apiUrl, by, chosen)
      checkWanted(own)
      enter({ ...asked, who: toWho(asked, apiUrl, kept, now()) })
    } catch (thrown) {
      const error = await explain(thrown, by)
      if (own === wish) become(toFailed(error, by, chosen))
      throw error
    }
  }

  async function renew(by: Exclude<SignInBy, { by: 'stored' }>): Promise<void> {
    const own = ++wish
    const apiUrl = deps.apiUrl()
    const chosen = await choose(deps, by, apiUrl, account)
    rejectExpired(chosen, now())
    const asked = await ask(apiUrl, chosen)
    checkWanted(own)
    if (held && !isSamePerson(held.who, toWho(asked, apiUrl, 'memory', now())))
      throw new AppError('account.otherPerson', { detail: asked.proof.username ?? asked.proof.customerName })
    const kept = await keep(deps, apiUrl, by, chosen)
    checkWanted(own)
    enter({ ...asked, who: toWho(asked, apiUrl, kept, now()) })
  }

  const drop = () => {
    wish++
    restart()
    held = undefined
    settleAll()
    become({ status: 'signedOut' })
  }
  const platform = (): Platform => {
    if (held && account.status === 'signedIn') return held.platform
    throw new AppError(account.status === 'expired' ? 'account.expired' : 'account.signedOut')
  }

  const look = async () => {
    const asked = platform()
    const { name, status, deletionAskedAt } = await asked.customer()
    // Somebody else may be here by now.
    if (account.status !== 'signedIn' || held?.platform !== asked) return
    const customerStatus = status || held.who.customerStatus
    const before = toCustomerTrouble(held.who)?.code
    const customerName = name || held.who.customerName
    held.who = { ...held.who, customerName, customerStatus, deletionAskedAt, provenAt: now() }
    const after = toCustomerTrouble(held.who)?.code
    if (before !== undefined && before !== after) deps.settled(before)
    become({ status: 'signedIn', ...held.who })
  }

  return {
    signIn,
    renew,
    look,
    async mayCall() {
      if (held && toCustomerTrouble(held.who)) await look()
      const trouble = held && toCustomerTrouble(held.who)
      if (trouble) throw trouble
    },
    async keepKey(accessKey) {
      const own = toCredential(accessKey, 'accessKey')
      await keep(deps, deps.apiUrl(), { by: 'accessKey', accessKey }, own)
    },
    usesKey: (prefix) =>
      held?.credential.kind === 'accessKey' && prefix !== '' && held.credential.accessKey.startsWith(prefix),
    learnExpiry(expiresAt) {
      if (account.status !== 'signedIn' || !held || held.who.expiresAt === expiresAt) return
      held.who = { ...held.who, expiresAt }
      become({ status: 'signedIn', ...held.who })
      watchExpiry(restart(), expiresAt, now, watcher)
    },
    async endKey() {
      const apiUrl = held?.who.apiUrl
      expire(new AppError('account.keyEnded', { detail: 'deleted here' }))
      if (apiUrl !== undefined) await forgetStored(deps.secrets, apiUrl)
    },
    async signOut() {
      const apiUrl = held?.who.apiUrl ?? safely(deps.apiUrl)
      drop()
      if (apiUrl !== undefined) await forgetStored(deps.secrets, apiUrl)
    },
    leave: drop,
    platform,
    signedIn: (): SignedIn | undefined => (account.status === 'signedIn' ? account : undefined),
    owner: () => (account.status === 'signedIn' ? account : held?.who),
    async hasStored() {
      if (deps.practiceCredential()) return true
      const apiUrl = safely(deps.apiUrl)
      return apiUrl !== undefined && (await readStored(deps.secrets, apiUrl)) !== undefined
    },
  }
}

interface Asked {
  by: OwnCredential['by']
  proof: Proof
}

const toWho = ({ proof, by }: Asked, apiUrl: string, kept: SignedIn['kept'], provenAt: number): SignedIn => ({
  ...proof,
  apiUrl,
  credential: by,
  provenAt,
  kept,
})

function safely<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
