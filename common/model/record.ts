// The flight record of one call or one run of the quickstart: everything that was seen of it, on one clock.
// `t` is ms since the record began, on main's monotonic clock; what came before has a negative `t`.
import { z } from 'zod'

const Time = z.number().min(-3_600_000).max(864_000_000)
const Short = z.string().max(300)
const Long = z.string().max(33_000)
const Count = z.number().min(0)

/** Something that crossed a border: a row of the trace, redacted when it was captured. */
const RecordMessage = z.object({
  kind: z.enum(['api', 'event', 'webhook', 'sip', 'media', 'app']),
  t: Time,
  direction: z.enum(['in', 'out', 'none']),
  title: Short,
  result: Short.optional(),
  tone: z.enum(['good', 'bad', 'plain']),
  ms: z.number().optional(),
  body: Long.optional(),
})

export const RecordItem = z.discriminatedUnion('kind', [
  RecordMessage,
  /** A transcript line when it came: `in` = said here, `out` = heard. */
  z.object({
    kind: z.literal('line'),
    t: Time,
    id: Short,
    direction: z.enum(['in', 'out']),
    status: z.enum(['interim', 'final']),
    text: Long,
    source: z.enum(['event', 'rest']),
    /** Where it began on the clock of its transcription, and which that is. */
    offsetMs: z.number().optional(),
    of: Short.optional(),
  }),
  /** That line was painted. */
  z.object({ kind: z.literal('shown'), t: Time, id: Short, status: z.enum(['interim', 'final']) }),
  z.object({ kind: z.literal('say'), t: Time, id: Short, status: Short, text: Long }),
  z.object({
    kind: z.literal('sound'),
    t: Time,
    where: z.enum(['ear', 'microphone']),
    edge: z.enum(['start', 'end']),
  }),
  /** What a person, or the companion for them, did. */
  z.object({ kind: z.literal('action'), t: Time, title: Short }),
  z.object({ kind: z.literal('state'), t: Time, what: Short, to: Short, detail: Short.optional() }),
])
export type RecordItem = z.infer<typeof RecordItem>
export type RecordMessage = z.infer<typeof RecordMessage>

/** RTP as the browser counts it (W3C webrtc-stats), once a second; counters since the call began. */
export const RtpSample = z.object({
  t: Time,
  packetsSent: Count,
  packetsReceived: Count,
  packetsLost: Count,
  /** RFC 3550 section 6.4.1, of what came. */
  jitterMs: Count.optional(),
  rttMs: Count.optional(),
  /** Mean time that what was played in the last second had waited in the jitter buffer. */
  bufferMs: Count.optional(),
  /** Samples at the rate of the decoder: all, and those made up for lost ones, silent ones among them. */
  samples: Count.optional(),
  concealed: Count.optional(),
  silentConcealed: Count.optional(),
  concealments: Count.optional(),
  /** Samples inserted or removed to stretch or squeeze what is heard. */
  stretched: Count.optional(),
  squeezed: Count.optional(),
  /** What the far end reports of what we send: share lost since its last report, 0 to 1. */
  theirLoss: Count.optional(),
  theirJitterMs: Count.optional(),
  codec: z.string().max(60).optional(),
})
export type RtpSample = z.infer<typeof RtpSample>

/**
 * The loudness of each 20 ms, a byte each, base64: 0 to 253 = -0.5 dBFS steps from full scale down, 254 = nothing was
 * measured, 255 = digital silence.
 */
export const LevelRow = z.object({
  t: Time,
  where: z.enum(['ear', 'microphone']),
  data: z
    .string()
    .max(200_000)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/),
})
export type LevelRow = z.infer<typeof LevelRow>

export const RecordAbout = z.object({
  id: z.string().regex(/^[\w.-]{1,120}$/),
  kind: z.enum(['call', 'quickstart']),
  title: Short,
  address: Short,
  direction: z.enum(['incoming', 'outgoing']).optional(),
  /** Epoch ms at `t` = 0, of this machine's wall clock. */
  startedAt: z.number(),
  answeredT: Time.optional(),
  endedT: Time.optional(),
  outcome: Short.optional(),
  /** What ended badly, in the words of the error table. */
  why: Short.optional(),
  environment: Short,
  companion: Short,
  sipCallId: Short.optional(),
  callId: Short.optional(),
})
export type RecordAbout = z.infer<typeof RecordAbout>

/** Add `offsetMs` to the window's performance clock and it is main's; the truth lies within `uncertaintyMs` of that. */
export const PhoneClock = z.object({ offsetMs: z.number(), uncertaintyMs: Count, exchanges: Count })
export type PhoneClock = z.infer<typeof PhoneClock>

export const recordFormat = 'voipbin-companion-record'

export const FlightRecord = z.object({
  format: z.literal(recordFormat),
  version: z.literal(1),
  about: RecordAbout,
  phoneClock: PhoneClock.optional(),
  /** In the order of time. */
  items: z.array(RecordItem).max(400_000),
  rtp: z.array(RtpSample).max(100_000),
  levels: z.array(LevelRow).max(200_000),
  /** What the budget of a record left out. */
  left: z.object({ bodies: Count, items: Count }),
})
export type FlightRecord = z.infer<typeof FlightRecord>

export const emptyRecord = (about: RecordAbout): FlightRecord => ({
  format: recordFormat,
  version: 1,
  about,
  items: [],
  rtp: [],
  levels: [],
  left: { bodies: 0, items: 0 },
})

/** The record of a call has the id that the call has in the history. */
export const toRecordId = (session: { id: string; startedAt: number }): string =>
  `${session.startedAt.toString(36)}-${session.id}`

export const toRunId = (startedAt: number): string => `run-${startedAt.toString(36)}`

/** What the window reports once a second, all in its own performance time. */
export const RecordBatch = z.object({
  clock: PhoneClock,
  levels: z.array(LevelRow.extend({ t: z.number(), sessionId: z.string().max(200) })).max(50),
  rtp: z.array(RtpSample.extend({ t: z.number(), sessionId: z.string().max(200) })).max(50),
  /** Steps of ICE and DTLS, and what was done with the phone. */
  steps: z
    .array(
      z.object({
        t: z.number(),
        sessionId: z.string().max(200).optional(),
        kind: z.enum(['media', 'action']),
        title: Short,
        tone: z.enum(['good', 'bad', 'plain']).optional(),
      }),
    )
    .max(500),
  shown: z
    .array(z.object({ t: z.number(), callId: z.string(), id: Short, status: z.enum(['interim', 'final']) }))
    .max(500),
})
export type RecordBatch = z.infer<typeof RecordBatch>

/** A record as a window shows it: texts of messages are asked for one by one, `withBody` says which items have one. */
export interface ShownRecord {
  record: FlightRecord
  withBody: number[]
}

export function withoutBodies(whole: FlightRecord): ShownRecord {
  const withBody: number[] = []
  const items = whole.items.map((item, index) => {
    if (!('body' in item) || item.body === undefined) return item
    withBody.push(index)
    const { body, ...rest } = item
    return rest
  })
  return { record: { ...whole, items }, withBody }
}
