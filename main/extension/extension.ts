// What others may ask of this machine's extension.
import type { Log } from '../../common/kit/log.ts'
import type { SignedIn } from '../../common/model/account.ts'
import type { Extension, ReadyExtension } from '../../common/model/extension.ts'
import type { SecretStore } from '../host.ts'
import type { Platform } from '../platform/platform.ts'

export interface ExtensionFeature {
  /** Finds or creates the extension; as often as you like. Concurrent callers share one run. */
  provision(): Promise<ReadyExtension>
  /** Gives it a new password; the phone has to register again. */
  rotate(): Promise<ReadyExtension>
  /** Deletes it on the platform and forgets it. */
  remove(): Promise<void>
  /** What the phone registers with. Throws `extension.missing`. Never into state, log or trace. */
  login(): ExtensionLogin
  /** Forgets the kept password of this extension; on the platform it stays. */
  forget(): Promise<void>
  /** Signed out or another environment: forget without touching the platform. */
  leave(): void
}

export interface ExtensionLogin {
  id: string
  domain: string
  username: string
  password: string
}

export interface ExtensionDeps {
  log: Log
  secrets: SecretStore
  set(extension: Extension): void
  platform(): Platform
  signedIn(): SignedIn | undefined
  domainOf(customerId: string): string
  /** Settings.extension: empty until made up. */
  wanted(): string
  /** Keeps a made-up extension value: writes it to the settings. */
  remember(extension: string): void
  now?: () => number
  /** Wait between two looks after an unanswered create. */
  sleep?: (ms: number) => Promise<void>
}
