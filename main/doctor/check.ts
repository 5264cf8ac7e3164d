// What every check is: an id, what it stands on, and one look with its evidence.
import type { AppError } from '../../common/kit/errors.ts'
import type { Check, CheckId, Confidence, Evidence } from '../../common/model/doctor.ts'
import type { Phrase } from '../../common/words/placeholders.ts'
import type { Reach } from '../platform/tls.ts'

/** What is looked at. Derived from the settings; nothing of it is a secret but the relay's password. */
export interface Target {
  apiUrl: URL
  /** Candidate SIP WebSockets, best first (contract F.2); none where the customer is not known and no edge is given. */
  edges: readonly string[]
  iceServers: ReadonlyArray<{ urls: string; username?: string | undefined; credential?: string | undefined }>
}

/** The machine, as checks see it: a test puts another one in its place. */
export interface Machine {
  /** Every address of a name, as the system resolves it. Rejects with Node's codes. */
  lookup(host: string): Promise<Array<{ address: string; family: number }>>
  adapters(): Array<{ name: string; address: string; internal: boolean }>
  now(): number
}

export interface Look {
  target: Target
  machine: Machine
  reach: Reach
  /** A silence this long is no answer. */
  patienceMs: number
  /** Ends what is under way; checks also end by themselves. */
  signal: AbortSignal
  /** What checks before this one left for it. */
  known: Known
}

/** What one check learns and a later one needs. */
export interface Known {
  addresses?: Array<{ address: string; family: number }>
  proxy?: URL | undefined
  /** What the STUN servers said this machine's address is, by server. */
  mapped?: Array<{ server: string; address: string }>
  /** Nobody between here and the server can read or change what is sent. */
  isEndToEnd?: boolean
}

export interface Outcome {
  state: Exclude<Check['state'], 'waiting' | 'running'>
  says: Phrase
  error?: AppError | undefined
  confidence?: Confidence | undefined
  evidence?: Evidence[]
}

export interface CheckRow {
  id: CheckId
  /** Failed ones among these make this one skipped. */
  after: readonly CheckId[]
  look(look: Look): Promise<Outcome>
}

export const passed = (says: Phrase, evidence: Evidence[] = []): Outcome => ({
  state: 'passed',
  says,
  evidence,
})

export const skipped = (says: Phrase): Outcome => ({ state: 'skipped', says })

/** `confidence`: how surely the evidence names this fault and no other. */
export const failed = (
  says: Phrase,
  error: AppError,
  confidence: Confidence,
  evidence: Evidence[] = [],
): Outcome => ({ state: 'failed', says, error, confidence, evidence })

export const warned = (...parts: Parameters<typeof failed>): Outcome => ({
  ...failed(...parts),
  state: 'warned',
})

export const portOf = (url: URL): number =>
  Number(url.port || (url.protocol === 'https:' || url.protocol === 'wss:' ? 443 : 80))

export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

export const isSecure = (url: URL): boolean => url.protocol === 'https:' || url.protocol === 'wss:'
