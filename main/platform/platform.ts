// VoIPBIN as the features of main see it: typed resources and events; URLs and JSON stay inside this folder.
import type { AppError, ErrorData } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Call, Groupcall } from '../../common/model/call.ts'
import type { OwnNumber } from '../../common/model/number.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import type { SpeechDirection } from '../../common/model/transcript.ts'
import type { ServerClock } from './server-clock.ts'
import type { Reach } from './tls.ts'

/** A credential never leaves main: not into state, log, trace or URL where a header does (contract B.2). */
export type Credential = { kind: 'accessKey'; accessKey: string } | { kind: 'token'; token: string }

/** Reach is read at each connection: a changed pin counts from the next one on. */
export interface PlatformOptions extends Reach {
  /** Without `/v1.0`: `https://api.voipbin.net`. */
  apiUrl: string
  /** Read at each request: it may be renewed. */
  readonly credential: Credential
  trace(row: NewTraceRow): void
  /** The platform no longer takes the credential (401); not called for keys on agent-only resources (contract B.4). */
  onUnauthenticated?(error: AppError): void
}

/** All methods throw AppError. None repeats a request that creates something (contract B.5). */
export interface Platform {
  readonly apiUrl: string
  /** Told by every answer; whoever hears events tells it too. */
  readonly clock: ServerClock
  /** The same person signed in anew: counts from the next request and the next event socket on. */
  renew(credential: Credential): void
  /** `status` is empty where the platform does not tell it: to plain agents (contract B.4). */
  customer(): Promise<{ id: string; name: string; status: string; deletionAskedAt?: number | undefined }>
  /** Dollars; nothing for those who may not see it: all but admins (contract B.4, H). */
  balance(): Promise<{ plan: string; credit: number } | undefined>
  me(): Promise<{ id: string; customerId: string; username: string; permission: number }>
  extensions: {
    list(): Promise<WireExtension[]>
    get(id: string): Promise<WireExtension>
    create(input: { extension: string; password: string; detail: string }): Promise<WireExtension>
    update(id: string, input: { name: string; detail: string; password: string }): Promise<WireExtension>
    remove(id: string): Promise<void>
  }
  /** Admins only (contract B.2, B.4). */
  accessKeys: {
    list(): Promise<WireAccessKey[]>
    /** The only answer with the token: main hands it on and keeps none. */
    create(input: {
      name: string
      expireSeconds?: number | undefined
    }): Promise<{ id: string; token: string }>
    remove(id: string): Promise<void>
  }
  /** The customer's webhook (contract C, E.7). Anybody may read it but agents; only admins may change it (contract B.4). */
  webhook: {
    get(): Promise<WebhookTarget>
    /** Answers what was there before. An empty `uri` stops the deliveries. */
    set(target: WebhookTarget): Promise<{ before: WebhookTarget; now: WebhookTarget }>
  }
  /** Managers and admins only (contract B.4). */
  numbers: { list(): Promise<OwnNumber[]> }
  contacts: {
    /** The contact of the customer with this number; nothing when there is none. Everybody may ask (contract C.9, C.10). */
    lookUp(phone: string): Promise<{ name: string } | undefined>
  }
  calls: {
    /** All answer shapes of contract C.3 come out the same. */
    place(input: PlaceCall): Promise<{ calls: Call[]; groupcalls: Groupcall[] }>
    get(id: string): Promise<Call>
    /** Newest first, one page. */
    list(pageSize?: number): Promise<Call[]>
    hangUp(id: string): Promise<void>
  }
  groupcalls: {
    get(id: string): Promise<Groupcall>
    list(pageSize?: number): Promise<Groupcall[]>
    hangUp(id: string): Promise<void>
  }
  transcribes: {
    /** The sessions of a call. */
    ofCall(callId: string): Promise<WireTranscribe[]>
    get(id: string): Promise<WireTranscribe>
    /** An already running one counts as success (409, contract C.5). */
    start(input: {
      callId: string
      language: string
      direction: 'in' | 'out' | 'both'
    }): Promise<WireTranscribe>
    stop(id: string): Promise<void>
  }
  /** Oldest first, without duplicates; stops where paging brings nothing new (contract B.7). */
  transcripts: { list(transcribeId: string): Promise<WireTranscript[]> }
  speakings: {
    create(input: {
      callId: string
      language: string
      provider?: string
      voiceId?: string
      direction: 'in' | 'out' | 'both'
    }): Promise<WireSpeaking>
    get(id: string): Promise<WireSpeaking>
    list(): Promise<WireSpeaking[]>
    /** At most 5,000 UTF-8 bytes. */
    say(id: string, text: string): Promise<void>
    flush(id: string): Promise<void>
    stop(id: string): Promise<void>
    remove(id: string): Promise<void>
  }
  /** One connection of the event socket; reconnecting is the subscription's work. */
  openEvents(scope: Scope, listener: EventsListener): EventsConnection
}

export interface PlaceCall {
  source: { type: string; target: string; targetName?: string }
  destinations: Array<{ type: string; target?: string; targetName: string }>
  actions: Array<{ type: string; option?: Record<string, unknown> }>
}

export interface WireExtension {
  id: string
  extension: string
  name: string
  detail: string
  /** In clear text (contract C.1): main only. */
  password: string
  createdAt?: number | undefined
}

export interface WireAccessKey {
  id: string
  name: string
  /** The first characters of its token. */
  prefix: string
  createdAt?: number | undefined
  expiresAt?: number | undefined
}

/** Where the platform sends all events of the customer, and how. May hold a secret of its receiver: main only. */
export interface WebhookTarget {
  method: string
  uri: string
}

export interface WireTranscribe {
  id: string
  referenceType: string
  referenceId: string
  status: 'progressing' | 'done' | 'unknown'
  language: string
}

export interface WireTranscript {
  id: string
  /** The platform named no id: this one was made from what the line is. */
  unnamed?: boolean | undefined
  transcribeId: string
  direction: SpeechDirection | 'both'
  text: string
  offsetMs?: number | undefined
  createdAt?: number | undefined
}

export interface WireSpeaking {
  id: string
  referenceId: string
  status: 'initiating' | 'active' | 'stopped' | 'unknown'
  /** Epoch ms of the server's clock. */
  createdAt?: number | undefined
}

/** An AI that takes part in a call. */
export interface WireAiCall {
  id: string
  status: string
  callId: string
  assistanceId: string
}

export interface WireAiMessage {
  id: string
  aiCallId: string
  role: string
  /** Its words are not read. */
  empty: boolean
}

/** Any of the three envelopes of contract E.4, normalised. `type` is inferred for raw resources. */
export type PlatformEvent =
  | { kind: 'call'; type: string; call: Call }
  | { kind: 'groupcall'; type: string; groupcall: Groupcall }
  | { kind: 'transcribe'; type: string; transcribe: WireTranscribe }
  | { kind: 'transcript'; type: string; transcript: WireTranscript }
  | {
      kind: 'speech'
      phase: 'started' | 'interim' | 'ended' | 'unknown'
      transcribeId: string
      direction: SpeechDirection | 'both'
      text: string
      at?: number | undefined
    }
  | { kind: 'speaking'; type: string; speaking: WireSpeaking }
  | { kind: 'aiCall'; type: string; aiCall: WireAiCall }
  | { kind: 'aiMessage'; type: string; message: WireAiMessage }
  /** Known to the contract but of no use here yet (recording, summary, …). */
  | { kind: 'other'; type: string; id: string }

export interface EventsListener {
  onOpen(): void
  /** The server pinged (every 10 s), or answered the ping that follows each subscribe. */
  onPing(): void
  /** `duplicate` frames are counted, not delivered. */
  onEvent(event: PlatformEvent): void
  onDuplicate(): void
  /** A frame nobody understands: not JSON, too large, or of no known shape. */
  onUnknown(why: string): void
  /** So many frames at once since then that the platform's queue may have dropped some, silently (contract E.1). */
  onFlood?(sinceAt: number): void
  /**
   * `refused`: 401 before the upgrade, or closed without a close frame within 1 s of a subscribe (contract E.2);
   * `lost`: everything else, also 35 s without a ping.
   */
  onClose(why: { kind: 'refused' | 'lost'; error: ErrorData }): void
}

export interface EventsConnection {
  /** Sends one subscribe message; only after `onOpen`. */
  subscribe(topics: readonly string[]): void
  close(): void
}
