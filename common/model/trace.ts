// One list of everything that crossed a border: API requests, events, webhooks, SIP messages, media and our own transitions.
import { z } from 'zod'

export const TraceSource = z.enum(['api', 'event', 'webhook', 'sip', 'media', 'app'])
export type TraceSource = z.infer<typeof TraceSource>

/** What a reporter hands in; the trace takes secrets out of it before it keeps or tells it. `at` is epoch ms. */
export const NewTraceRow = z.object({
  at: z.number(),
  source: TraceSource,
  direction: z.enum(['in', 'out', 'none']),
  /** One line: `GET /extensions`, `REGISTER`, `call_ringing`. */
  title: z.string().max(300),
  /** `200`, `401 INVALID_CREDENTIALS`, `dropped`. */
  result: z.string().max(200).optional(),
  /** Good, bad or neither. */
  tone: z.enum(['good', 'bad', 'plain']).default('plain'),
  ms: z.number().optional(),
  /** Message text, cut at 32,768 characters. */
  body: z.string().max(33_000).optional(),
  callId: z.string().optional(),
})
export type NewTraceRow = z.input<typeof NewTraceRow>
export type TraceRow = z.output<typeof NewTraceRow> & { id: number }

/** Rows kept in memory; the oldest go first. */
export const traceLimit = 5000
/** Their texts together: a call leaves about 24 kB behind, so the last 150 calls can be read. The oldest texts go first. */
export const traceByteLimit = 4 * 1024 * 1024
