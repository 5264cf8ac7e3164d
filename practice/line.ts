// The seam inside practice: REST, events and flows on one side; SIP, media and voice on the other.

/** 8 kHz mono, 16 bit. Frames are 20 ms: 160 samples. */
export type Pcm = Int16Array

export interface RegisteredContact {
  /** As registered: `sip:abcd1234@efgh.invalid;transport=ws`. */
  uri: string
  expiresAt: number
}

export interface InviteOptions {
  /** One of the contacts of the extension. */
  contact: RegisteredContact
  extension: string
  /** From header (contract F.3). */
  from: { user: string; displayName: string }
  /** Give up with CANCEL after this long without an answer. */
  ringMs: number
}

/**
 *   calling → ringing → answered → ended
 *      └────────┴───────────────────↑
 */
export type LegState =
  | { status: 'calling' }
  | { status: 'ringing'; at: number }
  | { status: 'answered'; at: number }
  /** `sipStatus` is the final answer to the INVITE where there was one (486, 603, 480, 487, 408). */
  | { status: 'ended'; at: number; by: 'local' | 'remote'; sipStatus?: number; why: LegEnd }
export type LegEnd = 'normal' | 'busy' | 'declined' | 'canceled' | 'timeout' | 'unreachable' | 'failed'

/** One SIP dialog towards a registered phone, with its audio. */
export interface Leg {
  readonly id: string
  readonly sipCallId: string
  readonly state: LegState
  onChange(listener: (state: LegState) => void): () => void
  /** Plays at 20 ms a frame; resolves when the last frame was sent or `signal` aborted. Silence is sent in between. */
  play(pcm: Pcm, signal?: AbortSignal): Promise<void>
  /** The same, over whatever is being played. Where a line cannot, it is played in its turn. */
  mix?(pcm: Pcm, signal?: AbortSignal): Promise<void>
  /** What the phone says, frame by frame. */
  onAudio(listener: (frame: Pcm) => void): () => void
  onDtmf(listener: (digit: string) => void): () => void
  /** BYE, or CANCEL before the answer. Resolves when the other side has answered it, at most 2 s. */
  hangUp(): Promise<void>
}

/** Faults of the SIP and media side; each is off until pulled. */
export interface LineStrings {
  /** Answer REGISTER with this status (0 = do not answer at all). */
  registerStatus: number | undefined
  /** Delay every SIP answer. */
  delayMs: number
  /** Share of RTP packets dropped each way, 0 to 1. */
  loss: { toPhone: number; fromPhone: number }
  /** Drop all RTP of one direction. */
  mute: { toPhone: boolean; fromPhone: boolean }
}

export interface Line {
  /** `ws://127.0.0.1:<port>`, sub-protocol `sip`; of a line behind a real edge, the edge's address. */
  readonly url: string
  contacts(extension: string): RegisteredContact[]
  /** Asks a registrar elsewhere; from then on `contacts` knows what it knows. */
  refreshContacts?(extension: string): Promise<void>
  invite(options: InviteOptions): Leg
  /** A registrar with credentials of its own is told of each extension; nothing means that it is gone. */
  setPassword?(extension: string, password: string | undefined): Promise<void>
  readonly strings: LineStrings
  /** Cuts every SIP WebSocket without a close frame; registrations whose flow is gone stay until they expire. */
  cutSockets(): void
  /** Forgets registrations and dialogs, as after a restart of the edge, on the same port. */
  restart(): Promise<void>
  close(): Promise<void>
}

export interface LineOptions {
  /** Port 0 takes a free one. */
  port: number
  /** `<customer id>.registrar.<base domain>`. */
  domain: string
  /** Whether another domain is served too: customers who signed up have their own. */
  isDomain?(domain: string): boolean
  /** How REGISTER is challenged; without it 401 for the domain. */
  challenge?: { status: 401 | 407; realm: string }
  /** Password of an extension in this domain or the first one, or nothing when it does not exist. */
  password(extension: string, domain?: string): string | undefined
  log(line: string): void
}

export interface Voice {
  /** `espeak-ng 1.51` or `shipped prompts`. */
  readonly name: string
  /** Speech for a text; cached. Shipped prompts say what they can and tone the rest. */
  synthesise(text: string, language: string): Promise<Pcm>
}

export interface Recogniser {
  /** `pocketsphinx` or `none`. */
  readonly name: string
  /** Words of an utterance, or nothing where there is no recogniser. */
  recognise(pcm: Pcm): Promise<string | undefined>
}

/** Voice activity on a stream of frames: utterances with their place in the stream. */
export interface VoiceActivity {
  push(frame: Pcm): void
  onStart(listener: (offsetMs: number) => void): void
  /** After the closing silence. */
  onUtterance(listener: (utterance: { pcm: Pcm; startMs: number; endMs: number }) => void): void
  /** Ends an utterance that is still open. */
  flush(): void
}
