// Everything that main and renderer may say to each other. Adding a request is one row here and one handler there.
import { z } from 'zod'
import type { AppState } from '../model/app-state.ts'
import { type HistoryDetail, type HistoryFound, HistoryQuery, historyFormats } from '../model/history.ts'
import { Moment } from '../model/moment.ts'
import { PhoneState, SoundEdge } from '../model/phone.ts'
import { ProfileName } from '../model/profile.ts'
import { stepIds } from '../model/quickstart.ts'
import { RecordBatch, type ShownRecord } from '../model/record.ts'
import { Environment, IceServer, SettingsPatch, TurnLogin } from '../model/settings.ts'
import { mostSayCharacters, VoiceChoice } from '../model/speaking.ts'
import { NewTraceRow, type TraceRow } from '../model/trace.ts'
import type { TranscriptEntry } from '../model/transcript.ts'
import { NewWebhook } from '../model/webhook.ts'

const Nothing = z.object({})
const Done = z.null()
const E164 = z.string().regex(/^\+[1-9]\d{4,14}$/)
const CallId = z.object({ callId: z.string().min(1) })
const SpeakItemId = CallId.extend({ itemId: z.string().min(1) })
const HistoryIds = z.array(z.string()).min(1).max(20_000)
const SessionId = z.object({ sessionId: z.string().min(1) })

/** What a person types to sign in. */
const typedSignIn = [
  z.object({ by: z.literal('accessKey'), accessKey: z.string().trim().min(1) }),
  z.object({
    by: z.literal('password'),
    username: z.string().trim().min(1),
    password: z.string().min(1),
  }),
  z.object({ by: z.literal('token'), token: z.string().trim().min(1) }),
] as const

/** Renderer asks, main answers. Inputs are parsed by main before a handler sees them. */
export const requests = {
  'app.snapshot': { input: Nothing, output: z.custom<Snapshot>() },
  /** Answered at once: whoever does not is gone. */
  'app.ping': { input: Nothing, output: Done },
  'app.openExternal': { input: z.object({ url: z.url({ protocol: /^https$/ }) }), output: Done },
  'app.dismissNotice': { input: z.object({ id: z.string() }), output: Done },
  'account.signIn': {
    input: z.discriminatedUnion('by', [
      /** The environment's own way: practice credentials, or the stored credential. */
      z.object({ by: z.literal('stored') }),
      ...typedSignIn,
    ]),
    output: Done,
  },
  /** The same person again, in place: calls, phone and events go on. */
  'account.renew': { input: z.discriminatedUnion('by', typedSignIn), output: Done },
  /** Reads again what the platform knows of the customer. */
  'account.look': { input: Nothing, output: Done },
  /** An e-mail with a link; the platform does not say whether it knows the address. */
  'account.forgotPassword': { input: z.object({ email: z.email() }), output: Done },
  'account.signOut': { input: Nothing, output: Done },
  /** Also sends the code once more: then the one before no longer counts. */
  'signUp.start': {
    input: z.object({ email: z.email(), name: z.string().trim().max(200), acceptedTerms: z.literal(true) }),
    output: Done,
  },
  'signUp.confirm': { input: z.object({ code: z.string().regex(/^\d{6}$/) }), output: Done },
  'signUp.leave': { input: Nothing, output: Done },
  'accessKey.list': { input: Nothing, output: Done },
  /** The one answer that holds a secret: its token is shown once and kept by nobody but the person. */
  'accessKey.create': {
    input: z.object({
      name: z.string().trim().min(1).max(200),
      /** Without it the key never ends. */
      days: z.number().int().min(1).max(3_650).optional(),
      /** Signs this companion in with it. */
      use: z.boolean(),
    }),
    output: z.object({ token: z.string() }),
  },
  'accessKey.remove': { input: z.object({ id: z.string().min(1) }), output: Done },
  'number.list': { input: Nothing, output: Done },
  'extension.provision': { input: Nothing, output: Done },
  'extension.rotate': { input: Nothing, output: Done },
  'extension.remove': { input: Nothing, output: Done },
  'subscription.open': { input: Nothing, output: Done },
  'phone.register': { input: Nothing, output: Done },
  'phone.unregister': { input: Nothing, output: Done },
  'call.placeTest': { input: Nothing, output: Done },
  /** From an own number, through the platform: rings this phone, which is answered, and joins it with `to`. */
  'call.placeThrough': { input: z.object({ from: E164, to: E164 }), output: Done },
  /** Dollars; nothing for those who may not see it. */
  'account.balance': {
    input: Nothing,
    output: z.object({ plan: z.string(), credit: z.number() }).nullable(),
  },
  'call.hangUp': { input: CallId, output: Done },
  'speaking.say': { input: CallId.extend({ text: z.string().max(mostSayCharacters) }), output: Done },
  /** Clears what waits and, where the provider can, what is being spoken. */
  'speaking.flush': { input: CallId, output: Done },
  /** Silence now: ends the session; the next say makes a new one. */
  'speaking.stop': { input: CallId, output: Done },
  /** Silence now, whatever the provider, and a voice that is ready for the next say (contract C.6 item 2). */
  'speaking.silence': { input: CallId, output: Done },
  /** Takes back what waits; puts away what was not said. */
  'speaking.remove': { input: SpeakItemId, output: Done },
  /** These fail with `speaking.tooLate` when the item no longer waits. */
  'speaking.edit': { input: SpeakItemId.extend({ text: z.string().max(mostSayCharacters) }), output: Done },
  'speaking.hold': { input: SpeakItemId.extend({ held: z.boolean() }), output: Done },
  'speaking.move': {
    input: SpeakItemId.extend({ by: z.union([z.literal(-1), z.literal(1)]) }),
    output: Done,
  },
  /** Once more what failed, was flushed or was interrupted. */
  'speaking.again': { input: SpeakItemId, output: Done },
  /** Another voice for this call, from the next item on; null = the profile's again. */
  'speaking.choose': { input: CallId.extend({ voice: VoiceChoice.nullable() }), output: Done },
  /** The phrases of the profile in use, as JSON; nothing when the person changed their mind. */
  'phrases.export': { input: Nothing, output: z.object({ savedTo: z.string().nullable() }) },
  'quickstart.run': {
    input: z.object({
      only: z.enum(stepIds).optional(),
      /** Longest time of every step, instead of its own. */
      stepTimeoutMs: z.number().min(1_000).max(600_000).optional(),
    }),
    output: Done,
  },
  'quickstart.stop': { input: Nothing, output: Done },
  /** Somebody has looked at the missed calls. */
  'ringing.seen': { input: Nothing, output: Done },
  'ringing.clear': { input: Nothing, output: Done },
  'history.find': { input: HistoryQuery, output: z.custom<HistoryFound>() },
  /** One call with its lines; fails with `history.unknown`. */
  'history.read': { input: z.object({ id: z.string() }), output: z.custom<HistoryDetail>() },
  'history.mark': {
    input: z.object({
      id: z.string(),
      note: z.string().max(5_000).optional(),
      flagged: z.boolean().optional(),
    }),
    output: Done,
  },
  /** Pins or flags a moment of a call, also while it is up; the same one again changes nothing. */
  'history.addMoment': { input: z.object({ id: z.string(), moment: Moment }), output: Done },
  'history.removeMoment': { input: z.object({ id: z.string(), momentId: z.string() }), output: Done },
  'history.remove': { input: z.object({ ids: HistoryIds }), output: Done },
  'history.removeAll': { input: Nothing, output: Done },
  /** The text itself, to copy. */
  'history.text': {
    input: z.object({ ids: HistoryIds, format: z.enum(historyFormats) }),
    output: z.object({ name: z.string(), text: z.string() }),
  },
  /** Into a file; nothing when the person changed their mind. */
  'history.export': {
    input: z.object({ ids: HistoryIds, format: z.enum(historyFormats) }),
    output: z.object({ savedTo: z.string().nullable() }),
  },
  /** The window has done this wish, and all before it. */
  'wish.done': { input: z.object({ id: z.number().int() }), output: Done },
  /** Main's clock, for the window to find out how far its own is off. */
  'record.clock': { input: Nothing, output: z.object({ at: z.number() }) },
  /** What the window saw in the last second. */
  'record.add': { input: z.object({ batch: RecordBatch }), output: Done },
  /** Fails with `record.none`, `record.unreadable`. */
  'record.read': { input: z.object({ id: z.string().max(200) }), output: z.custom<ShownRecord>() },
  'record.body': {
    input: z.object({ id: z.string().max(200), index: z.number().int().min(0) }),
    output: z.object({ text: z.string() }),
  },
  /** Everything of one record in a zip file; nothing when the person changed their mind. */
  'record.export': {
    input: z.object({ id: z.string().max(200) }),
    output: z.object({ savedTo: z.string().nullable() }),
  },
  'record.removeAll': { input: Nothing, output: Done },
  'settings.change': { input: z.object({ patch: SettingsPatch }), output: Done },
  /** Another server; fails with `profile.inCall` while a call is up, which it would end. */
  'profile.use': { input: z.object({ id: z.string().min(1) }), output: Done },
  /** Makes one and uses it. */
  'profile.add': { input: z.object({ name: ProfileName, environment: Environment }), output: Done },
  'profile.rename': { input: z.object({ id: z.string().min(1), name: ProfileName }), output: Done },
  /** Forgets its secrets too. The last one stays. */
  'profile.remove': { input: z.object({ id: z.string().min(1) }), output: Done },
  /** Into the key store, not into the settings; an empty password forgets. */
  'settings.keepTurnPassword': { input: TurnLogin.extend({ password: z.string().max(1_000) }), output: Done },
  /** Reads what the platform has. */
  'webhook.look': { input: Nothing, output: Done },
  /** For the whole customer, whoever else uses it; what was there before is kept. */
  'webhook.change': { input: NewWebhook, output: Done },
  /** Puts back what was there before the last change. */
  'webhook.restore': { input: Nothing, output: Done },
  'receiver.start': { input: Nothing, output: Done },
  'receiver.stop': { input: Nothing, output: Done },
  /** All rows so far; news follow as `trace.added` until it is called off. A new window watches nothing. */
  'trace.watch': { input: z.object({ on: z.boolean() }), output: z.custom<TraceRow[]>() },
  'trace.clear': { input: Nothing, output: Done },
  /** Renderer reports; main never answers anything but null. */
  'phone.changed': { input: z.object({ phone: PhoneState }), output: Done },
  'phone.sound': { input: SoundEdge, output: Done },
  'trace.add': { input: z.object({ rows: z.array(NewTraceRow).max(500) }), output: Done },
} as const

/** Main asks, the phone in the renderer answers. Outputs are parsed by main. */
export const phoneRequests = {
  /** Connects and registers; resolves when the supervisor has taken over, not when registered: watch PhoneState. */
  'phone.start': {
    input: z.object({
      domain: z.string(),
      username: z.string(),
      password: z.string(),
      /** Candidate WebSocket URLs, tried in order (contract F.2). */
      edges: z.array(z.string()).min(1),
      /** Edge → where to connect instead, for one that only main can check: a door of main's on this machine. */
      doors: z.record(z.string(), z.string()).optional(),
      iceServers: z.array(IceServer.extend({ credential: z.string().optional() })),
      /** Requested registration lifetime. */
      expiresSeconds: z.number(),
      instanceId: z.string(),
      secondCall: z.enum(['ring', 'busy']),
      displayName: z.string().optional(),
    }),
    output: Done,
  },
  /** Unregisters (waits for the answer, at most 2 s) and disconnects. */
  'phone.stop': { input: Nothing, output: Done },
  /** Resolves when the session is established, fails with an AppError. */
  'phone.answer': { input: SessionId, output: Done },
  'phone.decline': { input: SessionId, output: Done },
  'phone.hangUp': { input: SessionId, output: Done },
  /** The machine woke up or the network changed: do not trust the socket. */
  'phone.wake': { input: Nothing, output: Done },
  /** Something may have happened to the socket: it is asked for a sign of life. */
  'phone.probe': { input: Nothing, output: Done },
} as const

/** Main tells; nobody answers. */
export interface Events {
  'state.changed': { changes: Partial<AppState> }
  'transcript.changed': { callId: string; entries: TranscriptEntry[] }
  'trace.added': { rows: TraceRow[] }
  'trace.cleared': Record<string, never>
}

/** What a fresh window needs. */
export interface Snapshot {
  state: AppState
  transcripts: Record<string, TranscriptEntry[]>
}

type Table = Record<string, { input: z.ZodType; output: z.ZodType }>
type HandlersOf<T extends Table> = {
  [N in keyof T]: (input: z.output<T[N]['input']>) => Promise<z.output<T[N]['output']>>
}
type CallersOf<T extends Table> = {
  [N in keyof T]: (input: z.input<T[N]['input']>) => Promise<z.output<T[N]['output']>>
}

export type RequestName = keyof typeof requests
export type EventName = keyof Events
export type RequestInput<N extends RequestName> = z.input<(typeof requests)[N]['input']>
export type PhoneStart = z.output<(typeof phoneRequests)['phone.start']['input']>

/** What main serves, and what the phone serves. */
export type MainHandlers = HandlersOf<typeof requests>
export type PhoneHandlers = HandlersOf<typeof phoneRequests>
/** How each is called from the other side. Failures arrive as AppError. */
export type MainCaller = CallersOf<typeof requests>
export type PhoneCaller = CallersOf<typeof phoneRequests>
export type EventListeners = { [N in EventName]: (event: Events[N]) => void }
