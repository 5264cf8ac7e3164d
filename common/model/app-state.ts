// Everything main knows and shows. Main is its one writer; the renderer holds a copy.
import type { ErrorData } from '../kit/errors.ts'
import type { Language } from '../words/languages.ts'
import type { AccessKeys } from './access-key.ts'
import type { Account } from './account.ts'
import type { Bridged } from './bridged.ts'
import type { Call, CallLink } from './call.ts'
import type { People } from './caller.ts'
import type { Extension } from './extension.ts'
import type { History } from './history.ts'
import type { Moment } from './moment.ts'
import type { Numbers } from './number.ts'
import { initialProfiles, type Profiles } from './profile.ts'
import { initialQuickstart, type Quickstart } from './quickstart.ts'
import { initialRinging, type Ringing } from './ringing.ts'
import { defaultSettings, type Settings, type TurnLogin } from './settings.ts'
import type { SignUp } from './sign-up.ts'
import type { Speaking } from './speaking.ts'
import type { Subscription } from './subscription.ts'
import type { CustomerWebhook, Receiver } from './webhook.ts'
import { initialOutside, type Outside, type Wish } from './wish.ts'

/** The practice platform's own process. */
export type Practice =
  | { status: 'off' }
  | { status: 'starting' }
  | { status: 'running'; apiUrl: string; edgeUrl: string; voice: string; recogniser: string }
  | { status: 'failed'; error: ErrorData }

export interface AppState {
  shell: { name: 'electron' | 'chromium' | 'gallery'; version: string; secrets: 'kept' | 'memory' }
  /** What the companion speaks: the one chosen, or the first of the system's that it can. */
  language: Language
  /** Those of the profile in use, and the shared ones. */
  settings: Settings
  profiles: Profiles
  /** The TURN servers whose password is kept. */
  turnLogins: TurnLogin[]
  practice: Practice
  account: Account
  signUp: SignUp
  accessKeys: AccessKeys
  numbers: Numbers
  extension: Extension
  subscription: Subscription
  webhook: CustomerWebhook
  receiver: Receiver
  /** Platform calls by id: live ones and the last few ended. */
  calls: Record<string, Call>
  /** Calls from an own number through the platform, by the id of our own leg. */
  bridged: Record<string, Bridged>
  /** Who the callers of late are. */
  people: People
  /** SIP session id → its match on the platform. */
  links: Record<string, CallLink>
  /** By call id. */
  speakings: Record<string, Speaking>
  quickstart: Quickstart
  /** Where the calls that were are kept; they are asked for, not mirrored. */
  history: History
  /** Pinned and flagged in calls of this run, by the id of the call in the history. */
  moments: Record<string, Moment[]>
  ringing: Ringing
  /** What of the companion reaches beyond its window in this shell. */
  outside: Outside
  /** Wished outside the window, and not done yet; oldest first. */
  wishes: Wish[]
  /** Something the person should know now; newest last. */
  notices: Notice[]
}

export interface Notice {
  id: string
  at: number
  error: ErrorData
}

export const initialAppState: AppState = {
  shell: { name: 'gallery', version: '', secrets: 'memory' },
  language: 'en',
  settings: defaultSettings,
  profiles: initialProfiles,
  turnLogins: [],
  practice: { status: 'off' },
  account: { status: 'signedOut' },
  signUp: { status: 'none' },
  accessKeys: { status: 'unread' },
  numbers: { status: 'unread' },
  extension: { status: 'none' },
  subscription: { status: 'closed' },
  webhook: { status: 'unread' },
  receiver: { status: 'off' },
  calls: {},
  bridged: {},
  people: {},
  links: {},
  speakings: {},
  quickstart: initialQuickstart,
  history: { kept: 'unopened', revision: 0 },
  moments: {},
  ringing: initialRinging,
  outside: initialOutside,
  wishes: [],
  notices: [],
}
