// The phone's own state: registration, SIP sessions, media. The renderer is its one writer.
import { z } from 'zod'
import { type ErrorData, errorTable } from '../kit/errors.ts'

export const ErrorShape: z.ZodType<ErrorData> = z.object({
  code: z.enum(Object.keys(errorTable) as [keyof typeof errorTable]),
  say: z.string(),
  remedy: z.string(),
  retry: z.enum(['auto', 'user', 'never']),
  detail: z.string().optional(),
  requestId: z.string().optional(),
  status: z.number().optional(),
})

/**
 *   offline → connecting → registering → registered
 *                 ↑  ↓          ↓            ↓
 *                waiting ←──────┴────────────┘      lost: retried with back-off
 *   any → refused                                   wrong password, unknown domain, untrusted: not retried
 */
export const Registration = z.discriminatedUnion('status', [
  z.object({ status: z.literal('offline') }),
  z.object({ status: z.literal('connecting'), attempt: z.number(), edge: z.string().optional() }),
  z.object({ status: z.literal('registering'), attempt: z.number(), edge: z.string() }),
  z.object({
    status: z.literal('registered'),
    edge: z.string(),
    /** 200 OK of the last REGISTER, and the end of its binding: epoch ms. */
    provenAt: z.number(),
    expiresAt: z.number(),
    /** From the first packet of this attempt to 200 OK. */
    tookMs: z.number(),
    /** Our own Contact, as the platform sees it (contract G.2 key 1). */
    contact: z.object({ user: z.string(), host: z.string() }),
  }),
  z.object({ status: z.literal('waiting'), attempt: z.number(), retryAt: z.number(), error: ErrorShape }),
  z.object({ status: z.literal('refused'), error: ErrorShape }),
])
export type Registration = z.infer<typeof Registration>

export const qualityReasons = [
  'noSoundIn',
  'noSoundOut',
  'lossIn',
  'lossOut',
  'jitter',
  'delay',
  'busy',
] as const
export type QualityReason = (typeof qualityReasons)[number]

/** How the call sounds, in one word, and what is to blame for it (docs/devices.md has the formula). */
export const Quality = z.object({
  word: z.enum(['good', 'fair', 'poor']),
  reason: z.enum(qualityReasons).optional(),
})
export type Quality = z.infer<typeof Quality>

/** Echo cancellation, noise suppression and automatic gain of a microphone. */
export const SoundProcessing = z.object({
  echoCancellation: z.boolean().default(true),
  noiseSuppression: z.boolean().default(true),
  autoGainControl: z.boolean().default(true),
})
export type SoundProcessing = z.infer<typeof SoundProcessing>

/** Audio of one session, measured, not assumed. Times epoch ms. */
export const SessionMedia = z.object({
  packetsSent: z.number(),
  packetsReceived: z.number(),
  packetsLost: z.number(),
  /** First 20 ms of sound above the noise floor in the ear. */
  firstHeardAt: z.number().optional(),
  /** Total time with sound in the ear. */
  heardMs: z.number(),
  /** First sound from the microphone, and its total. */
  firstSpokenAt: z.number().optional(),
  spokenMs: z.number(),
  /** The microphone has delivered zeros only for 3 s or more. */
  microphone: z.enum(['live', 'muted', 'digitalSilence', 'none']),
  ice: z.string(),
  codec: z.string().optional(),
  /** Share of the packets that was lost in the last seconds, 0 to 1; `out` as the other side reports it. */
  lossIn: z.number().optional(),
  lossOut: z.number().optional(),
  /** RFC 3550 section 6.4.1, of what arrives, ms. */
  jitterMs: z.number().optional(),
  /** By RTCP, ms. */
  roundTripMs: z.number().optional(),
  /** Mean opinion score of the worse direction, 1 to 4.5 (ITU-T G.107). */
  mos: z.number().optional(),
  /** Absent in the first seconds, and on hold. */
  quality: Quality.optional(),
})
export type SessionMedia = z.infer<typeof SessionMedia>

/**
 *   asking → trying → ringing → done           asking: REFER sent; then what its NOTIFYs say (RFC 3515)
 *      └────────┴─────────┴──→ failed          the call is still ours
 */
export const Transfer = z.object({
  /** Attended: to somebody we speak with already. */
  kind: z.enum(['blind', 'attended']),
  to: z.string(),
  status: z.enum(['asking', 'trying', 'ringing', 'done', 'failed']),
  /** Of the last NOTIFY, or of the refusal. */
  sipStatus: z.number().optional(),
  error: ErrorShape.optional(),
})
export type Transfer = z.infer<typeof Transfer>

/**
 *   incoming   ringing → answering → established → ended
 *                 └──────────┴────────────┴─────────↑
 *   outgoing   dialing → ringing → established → ended
 *                 └─────────┴───────────┴─────────↑
 *   While established, either side may hold; that is no status, because both may do so at once.
 */
export const Session = z.object({
  id: z.string(),
  sipCallId: z.string(),
  direction: z.enum(['incoming', 'outgoing']),
  status: z.enum(['dialing', 'ringing', 'answering', 'established', 'ended']),
  remote: z.object({
    user: z.string(),
    displayName: z.string(),
    host: z.string(),
    /** What the edge vouches for (P-Asserted-Identity, RFC 3325). */
    asserted: z.object({ user: z.string(), displayName: z.string() }).optional(),
  }),
  /** Our Contact when it began. */
  contact: z.object({ user: z.string(), host: z.string() }),
  startedAt: z.number(),
  answeredAt: z.number().optional(),
  endedAt: z.number().optional(),
  /** Outcomes, not errors, except `failed`. */
  outcome: z
    .enum([
      'hungUpByUs',
      'hungUpByThem',
      'declined',
      'canceled',
      'answeredElsewhere',
      'notAnswered',
      'busy',
      'refused',
      'transferred',
      'failed',
    ])
    .optional(),
  reason: z.string().optional(),
  error: ErrorShape.optional(),
  sending: z.enum(['on', 'muted']),
  /** Who holds the call. Held by us: they hear nothing of us and we nothing of them; by them: perhaps music. */
  held: z.object({ byUs: z.boolean(), byThem: z.boolean() }),
  /** Since when we hold it, epoch ms; absent while we do not. */
  heldAt: z.number().optional(),
  /** Last provisional status of an outgoing call: 180, 181, 182 or 183. */
  progress: z.number().optional(),
  /** Sound of the other side before the answer: a tone or an announcement. */
  earlyMedia: z.boolean().optional(),
  /** The final refusal of an outgoing call. */
  sipStatus: z.number().optional(),
  transfer: Transfer.optional(),
  /** A string of keys that is not through yet. Never the keys themselves: they may be a code. */
  keys: z.object({ status: z.enum(['sending', 'waiting']), left: z.number() }).optional(),
  media: SessionMedia.optional(),
})
export type Session = z.infer<typeof Session>

export const AudioDevice = z.object({ id: z.string(), label: z.string(), groupId: z.string() })
export type AudioDevice = z.infer<typeof AudioDevice>

/** What sound goes through. `id` is empty for the default of the system. */
export const UsedDevice = z.object({
  id: z.string(),
  label: z.string(),
  /** The name of the chosen one that is not connected now. */
  missing: z.string().optional(),
  /** It is there and cannot be used: the default of the system is. Of a speaker. */
  refused: z.boolean().optional(),
})
export type UsedDevice = z.infer<typeof UsedDevice>

/**
 *   unavailable                                     this browser or system has no WebHID
 *   none ──asked──→ connecting → connected ⇄ away   away: unplugged, and taken again when it comes back
 *     ↑                  └→ failed                  failed: it is there and cannot be opened
 *     └──forgotten── from any
 */
export const Headset = z.discriminatedUnion('status', [
  z.object({ status: z.literal('unavailable') }),
  z.object({ status: z.literal('none') }),
  z.object({ status: z.literal('connecting') }),
  z.object({
    status: z.literal('connected'),
    name: z.string(),
    /** What this one has, by its own description. */
    has: z.object({
      hook: z.boolean(),
      mute: z.boolean(),
      ringLight: z.boolean(),
      muteLight: z.boolean(),
    }),
  }),
  z.object({ status: z.literal('away'), name: z.string() }),
  z.object({ status: z.literal('failed'), name: z.string(), why: z.string() }),
])
export type Headset = z.infer<typeof Headset>

export const PhoneState = z.object({
  registration: Registration,
  /** Live sessions and the last few ended ones, oldest first. */
  sessions: z.array(Session),
  /** The session that people speak in, also while it is held; absent when none was brought to the front yet. */
  front: z.string().optional(),
  microphone: z.discriminatedUnion('status', [
    z.object({ status: z.literal('closed') }),
    z.object({ status: z.literal('opening') }),
    z.object({
      status: z.literal('open'),
      label: z.string(),
      /** What the browser really does, where it tells. */
      processing: SoundProcessing.partial().optional(),
      /** The chosen one could not be opened: this is another one. */
      refused: z.boolean().optional(),
    }),
    z.object({ status: z.literal('failed'), error: ErrorShape }),
  ]),
  devices: z.object({ inputs: z.array(AudioDevice), outputs: z.array(AudioDevice) }),
  /** Absent until the devices are known. */
  sound: z.object({ microphone: UsedDevice, speaker: UsedDevice }).optional(),
  headset: Headset,
})
export type PhoneState = z.infer<typeof PhoneState>

export const initialPhoneState: PhoneState = {
  registration: { status: 'offline' },
  sessions: [],
  microphone: { status: 'closed' },
  devices: { inputs: [], outputs: [] },
  headset: { status: 'none' },
}

/** A stretch of sound in the ear or from the microphone begins or ends; measured on 20 ms frames. */
export const SoundEdge = z.object({
  sessionId: z.string(),
  where: z.enum(['ear', 'microphone']),
  edge: z.enum(['start', 'end']),
  at: z.number(),
})
export type SoundEdge = z.infer<typeof SoundEdge>
