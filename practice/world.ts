// What every part of practice shares: state, rules, the line, the live calls and the strings to pull.
import type { Log } from '../common/kit/log.ts'
import type { Scope } from '../common/kit/scope.ts'
import type { LiveCall } from './call/live-call.ts'
import type { Dialect } from './dialect.ts'
import type { Events } from './events/events.ts'
import type { Faults } from './faults.ts'
import type { Tokens } from './http/jwt.ts'
import type { Limiter } from './http/rate-limit.ts'
import type { Line, Recogniser, Voice, VoiceActivity } from './line.ts'
import type { LiveSpeaking } from './speaking/live-speaking.ts'
import type { Seeded } from './store/seed.ts'
import type { Store } from './store/store.ts'

/** Durations of the platform (contract J); tests shorten them. */
export interface Timings {
  ringMs: number
  maxCallMs: number
  pingMs: number
  pongTimeoutMs: number
  /** From `initiating` to `active` where a speaking starts so. */
  speakingStartMs: number
  /** How long the front server waits for its back end. */
  talkMs: number
  /** Between the tries of a webhook, and how long its receiver may take. */
  webhookAgainMs: number
  webhookLimitMs: number
}

export const platformTimings: Timings = {
  ringMs: 60_000,
  maxCallMs: 3_600_000,
  pingMs: 10_000,
  pongTimeoutMs: 60_000,
  speakingStartMs: 400,
  talkMs: 10_000,
  webhookAgainMs: 1_000,
  webhookLimitMs: 5_000,
}

export interface World {
  readonly dialect: Dialect
  readonly store: Store
  readonly seeded: Seeded
  readonly tokens: Tokens
  readonly timings: Timings
  readonly limiter: Limiter
  readonly events: Events
  readonly line: Line
  readonly voice: Voice
  readonly recogniser: Recogniser
  createVoiceActivity(): VoiceActivity
  readonly faults: Faults
  /** Calls with a leg, by call id; gone after hang-up. */
  readonly live: Map<string, LiveCall>
  /** Speakings that were not stopped, by id. */
  readonly speaking: Map<string, LiveSpeaking>
  readonly scope: Scope
  readonly log: Log
}
