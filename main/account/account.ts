// What others may ask of the account.
import type { RequestInput } from '../../common/bridge/table.ts'
import type { AppError, ErrorCode, ErrorData } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Account, SignedIn } from '../../common/model/account.ts'
import type { SecretStore } from '../host.ts'
import type { Credential, Platform, PlatformOptions } from '../platform/platform.ts'
import type { Reach } from '../platform/tls.ts'

export type SignInBy = RequestInput<'account.signIn'>
export type TypedSignIn = RequestInput<'account.renew'>

export interface AccountFeature {
  /** Resolves when signed in with proof; fails with an AppError, which then also stands in the state. */
  signIn(by: SignInBy): Promise<void>
  /**
   * The same person signs in again: until it is proven nothing changes, then platform, calls and events go on with the
   * new credential. Fails with `account.otherPerson` for anybody else.
   */
  renew(by: TypedSignIn): Promise<void>
  /** Reads again what the platform knows of the customer. */
  look(): Promise<void>
  /** Throws `account.initial` while the address of a new customer is not confirmed (contract B.3). */
  mayCall(): Promise<void>
  /** Into the key store before anything else can fail: the platform shows it once. */
  keepKey(accessKey: string): Promise<void>
  /** Whether the access key with this beginning is the one in use. */
  usesKey(prefix: string): boolean
  /** When the key in use ends, now that it is known: the person is warned as with a token. */
  learnExpiry(expiresAt: number): void
  /** The key in use is deleted: forgets it, and says so. */
  endKey(): Promise<void>
  /** Forgets the stored credential of this server and drops the platform. */
  signOut(): Promise<void>
  /** Leaves the account without forgetting anything: for a change of the environment. */
  leave(): void
  /** Throws `account.signedOut` (or `account.expired`) when nobody is signed in. */
  platform(): Platform
  signedIn(): SignedIn | undefined
  /** The same, or who it was until the sign-in expired: what they have here stays theirs. */
  owner(): SignedIn | undefined
  /** True when `signIn({ by: 'stored' })` has something to try. */
  hasStored(): Promise<boolean>
}

export interface AccountDeps {
  scope: Scope
  log: Log
  secrets: SecretStore
  /** The one writer of `AppState.account` is this feature; this is its pen. */
  set(account: Account): void
  notice(error: ErrorData): void
  /** What was said with this code is settled. */
  settled(code: ErrorCode): void
  /** Address of the API now; may throw (no address, practice not running). */
  apiUrl(): string
  reach: Reach
  /** The key of a running practice platform, where the environment is practice. */
  practiceCredential(): Credential | undefined
  createPlatform(options: PlatformOptions): Platform
  logIn(options: LogInOptions): Promise<string>
  /** What a failure means in this environment. */
  explain?(error: AppError, by: SignInBy): Promise<AppError>
  trace: PlatformOptions['trace']
  now?: () => number
}

export interface LogInOptions extends Pick<PlatformOptions, 'apiUrl' | 'trace'>, Reach {
  username: string
  password: string
}
