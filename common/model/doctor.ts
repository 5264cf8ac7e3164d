// What the doctor looks at and what came of it. Plain data: window, report and comparison read the same.
import type { ErrorData } from '../kit/errors.ts'
import type { Phrase } from '../words/placeholders.ts'
import { phrase } from '../words/say.ts'

/** In the order in which they are asked; what stands on what is in main/doctor/tree.ts. */
export const checkIds = [
  'adapters',
  'name',
  'proxy',
  'connect',
  'ipv6',
  'clock',
  'encryption',
  'api',
  'events',
  'edge',
  'stun',
  'turn',
  'nat',
] as const
export type CheckId = (typeof checkIds)[number]

export const checkTitles: Record<CheckId, Phrase> = {
  adapters: phrase('Network adapters'),
  name: phrase('Name of the server'),
  proxy: phrase('Proxy'),
  connect: phrase('Connection (TCP)'),
  ipv6: phrase('IPv6'),
  clock: phrase('Clock'),
  encryption: phrase('Encryption (TLS)'),
  api: phrase('VoIPBIN API'),
  events: phrase('Connection for events'),
  edge: phrase('SIP edge'),
  stun: phrase('STUN over UDP'),
  turn: phrase('TURN relay'),
  nat: phrase('Address translation (NAT)'),
}

/** How sure: seen directly, the most likely of several causes, or one of several. */
export type Confidence = 'certain' | 'likely' | 'possible'

export interface Evidence {
  /** A word such as `Address`, or a name as it is: an adapter, a server. */
  name: Phrase | string
  /** As it was seen; never a secret. */
  value: string
}

/**
 *   waiting → running → passed | warned | failed
 *        └──────────────→ skipped                     what it stands on failed, or there is nothing to look at
 */
export interface Check {
  id: CheckId
  state: 'waiting' | 'running' | 'passed' | 'warned' | 'failed' | 'skipped'
  /** What was seen, in one sentence; of a skipped one why. */
  says?: Phrase | undefined
  error?: ErrorData | undefined
  confidence?: Confidence | undefined
  evidence: Evidence[]
  ms?: number | undefined
}

/** What a run comes to. `incomplete`: nothing failed, but something that matters was not looked at. */
export interface Verdict {
  state: 'healthy' | 'warned' | 'failed' | 'incomplete'
  /** The row that explains the others. */
  check?: CheckId | undefined
  error?: ErrorData | undefined
  confidence?: Confidence | undefined
}

export interface DoctorRun {
  status: 'idle' | 'running' | 'done' | 'stopped'
  startedAt?: number | undefined
  endedAt?: number | undefined
  checks: Check[]
  verdict?: Verdict | undefined
  /** For the administrator of the network: what has to be open. */
  allowList?: AllowRow[] | undefined
}

/** One row of a firewall: `tcp api.voipbin.net 443`. */
export interface AllowRow {
  protocol: 'tcp' | 'udp'
  host: string
  /** A port or a range: `443`, `1024-65535`. */
  port: string
  why: Phrase
}

export const initialDoctorRun: DoctorRun = {
  status: 'idle',
  checks: checkIds.map((id) => ({ id, state: 'waiting', evidence: [] })),
}
