// The people, calls and lines of the gallery. Everything happens around one fixed moment.
import { AppError, type ErrorCode, type ErrorData } from '../../common/kit/errors.ts'
import { toUntrustedText } from '../../common/kit/untrusted.ts'
import type { Account, SignedIn } from '../../common/model/account.ts'
import { type AppState, initialAppState } from '../../common/model/app-state.ts'
import type { OwnNumber } from '../../common/model/number.ts'
import { initialPhoneState, type PhoneState, type Session } from '../../common/model/phone.ts'
import type { Profiles } from '../../common/model/profile.ts'
import {
  type Quickstart,
  type Step,
  type StepId,
  stepIds,
  whyNotStep,
} from '../../common/model/quickstart.ts'
import type { SpeakItem } from '../../common/model/speaking.ts'
import type { TranscriptEntry, TranscriptLine } from '../../common/model/transcript.ts'

export const now = Date.UTC(2026, 10, 20, 10, 24, 31)
export const callId = 'b2d6c1de-5a0e-4f3b-9a55-0c1f2a8f7e10'
export const sessionId = 'session-1'

export const anError = (code: ErrorCode, detail?: string, status?: number): ErrorData =>
  new AppError(code, { detail, status }).toData()

export const aKey = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA='
const anotherKey = 'EjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8='
export const pinnedHosts = [
  { host: 'api.pbx.example', sha256: anotherKey },
  { host: 'sip.pbx.example', sha256: aKey },
]
export const untrustedText = (differs = false) =>
  toUntrustedText({
    host: 'api.pbx.example',
    sha256: aKey,
    differs,
    why: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    issuer: 'O=Acme Telephony, CN=api.pbx.example',
    names: 'DNS:api.pbx.example, DNS:sip.pbx.example',
    until: new Date('2027-08-19T00:00:00Z'),
  })

export const twoProfiles: Profiles = {
  now: 'office',
  list: [
    { id: 'default', name: 'Practice', environment: 'practice', apiUrl: '' },
    { id: 'office', name: 'Office', environment: 'custom', apiUrl: 'https://api.pbx.example' },
  ],
}

/** Of nobody: it opens nothing. */
export const aKeyToken = 'vb_gallery0000000000000000000000'

export const aSignIn: SignedIn = {
  customerId: '5e4a0680-804e-11ec-8477-2fea5968d85b',
  customerName: 'Acme Support',
  username: 'mina@acme.example',
  role: 'admin',
  credential: 'accessKey',
  expiresAt: now + 6 * 86_400_000,
  apiUrl: 'http://127.0.0.1:41337',
  provenAt: now - 4_000,
  kept: 'kept',
}

const aNumber = (at: number, more: Partial<OwnNumber> = {}): OwnNumber => ({
  id: `number-${at}`,
  number: `+1555020${String(at).padStart(4, '0')}`,
  name: '',
  type: 'normal',
  status: 'active',
  ...more,
})
export const someNumbers: OwnNumber[] = [
  aNumber(1, { name: 'Support desk' }),
  aNumber(2, { name: 'Sales' }),
  aNumber(3, { number: '+999000000001', name: 'Test line', type: 'virtual' }),
]
export const manyNumbers: OwnNumber[] = Array.from({ length: 130 }, (_, at) => aNumber(at))

export const signedInApp: AppState = {
  ...initialAppState,
  numbers: { status: 'ready', numbers: someNumbers, readAt: now - 60_000 },
  shell: { name: 'chromium', version: '0.1.0', secrets: 'kept' },
  practice: {
    status: 'running',
    apiUrl: 'http://127.0.0.1:41337',
    edgeUrl: 'ws://127.0.0.1:41338',
    voice: 'espeak-ng',
    recogniser: 'pocketsphinx',
  },
  account: { status: 'signedIn', ...aSignIn },
  extension: {
    status: 'ready',
    id: '0b2f6c5e-1f50-4a6e-8a3a-8a4a2dbb0c11',
    extension: 'desk-7f3a',
    domain: '5e4a0680-804e-11ec-8477-2fea5968d85b.registrar.voipbin.test',
    outcome: 'found',
    provenAt: now - 60_000,
  },
  subscription: {
    status: 'open',
    openedAt: now - 90_000,
    topics: ['customer_id:5e4a0680-804e-11ec-8477-2fea5968d85b:call'],
    lastPingAt: now - 6_000,
    lastEventAt: now - 12_000,
    delivery: 'proven',
    provenAt: now - 12_000,
    events: 14,
    duplicates: 1,
    unknown: 0,
  },
}

export const registeredPhone: PhoneState = {
  ...initialPhoneState,
  registration: {
    status: 'registered',
    edge: 'ws://127.0.0.1:41338',
    provenAt: now - 38_000,
    expiresAt: now + 262_000,
    tookMs: 64,
    contact: { user: 'c7f3a91b', host: 'k2m8.invalid' },
  },
  microphone: { status: 'open', label: 'Built-in Microphone' },
  devices: {
    inputs: [
      { id: 'mic-1', label: 'Built-in Microphone', groupId: 'a' },
      { id: 'mic-2', label: 'Jabra Evolve2 65', groupId: 'b' },
    ],
    outputs: [
      { id: 'out-1', label: 'Built-in Speakers', groupId: 'a' },
      { id: 'out-2', label: 'Jabra Evolve2 65', groupId: 'b' },
    ],
  },
}

export function aSession(more: Partial<Session> = {}): Session {
  return {
    id: sessionId,
    sipCallId: 'e3c1@10.0.0.7',
    direction: 'incoming',
    status: 'established',
    remote: { user: '+821100000001', displayName: 'VoIPBIN test call', host: 'pstn.voipbin.test' },
    contact: { user: 'c7f3a91b', host: 'k2m8.invalid' },
    startedAt: now - 81_000,
    answeredAt: now - 78_000,
    sending: 'on',
    held: { byUs: false, byThem: false },
    media: {
      packetsSent: 3_884,
      packetsReceived: 3_902,
      packetsLost: 2,
      firstHeardAt: now - 77_000,
      heardMs: 31_400,
      firstSpokenAt: now - 60_000,
      spokenMs: 18_200,
      microphone: 'live',
      ice: 'host to host, UDP',
      codec: 'PCMU/8000',
    },
    ...more,
  }
}

export const withSessions = (...sessions: Session[]): PhoneState => ({ ...registeredPhone, sessions })
export const linkedApp: AppState = {
  ...signedInApp,
  links: { [sessionId]: { status: 'linked', callId, by: 'contact' } },
}

export function aLine(
  index: number,
  direction: 'in' | 'out',
  text: string,
  more: Partial<TranscriptLine> = {},
): TranscriptLine {
  return {
    kind: 'line',
    id: `line-${index}`,
    callId,
    transcribeId: 'transcribe-1',
    direction,
    text,
    status: 'final',
    offsetMs: index * 6_200 + 800,
    createdAt: now - 78_000 + index * 6_200,
    arrivedAt: now - 77_500 + index * 6_200,
    source: 'event',
    ...more,
  }
}

export const someLines: TranscriptEntry[] = [
  aLine(0, 'out', 'Hello. This is the VoIPBIN test call. Please say something after this greeting.'),
  aLine(1, 'in', 'Hi, I can hear you well. Can you read me?'),
  aLine(2, 'in', 'I am calling from the office network, on the headset.'),
  aLine(3, 'out', 'Yes. Every word that you say is written down while you speak.'),
  { kind: 'gap', id: 'gap-1', callId, createdAt: now - 55_000, endedAt: now - 51_000, filled: 1 },
  aLine(5, 'in', 'Wonderful. Then let me try to type something.', { source: 'rest' }),
  aLine(6, 'out', 'This sentence was typed and is spoken into the call.'),
  aLine(7, 'in', 'That worked, and it came back as text at once, so the whole way is proven', {
    status: 'interim',
    id: 'interim-in',
  }),
]

export const aSpeakItem = (id: string, text: string, more: Partial<SpeakItem> = {}): SpeakItem => ({
  id,
  text,
  status: 'waiting',
  createdAt: now - 9_000,
  ...more,
})

const proofs: Record<StepId, [proof: string, ms: number]> = {
  signIn: ['Acme Support, admin, until 26 Nov 10:24', 41],
  extension: ['desk-7f3a found, its password still fits', 88],
  subscribe: ['Open with 3 topics, first ping after 12 ms', 36],
  register: ['200 OK, our Contact, 300 s to run', 64],
  placeCall: ['Call b2d6c1de, group call 7711f0aa', 52],
  ring: ['INVITE after 118 ms, matched by our own contact', 118],
  events: ['call_ringing after 126 ms', 126],
  answer: ['48 packets in, 47 out', 402],
  greeting: ['Sound after 0.3 s; “Hello. This is the VoIPBIN test call.”', 5_240],
  speech: ['2.1 s of speech; “Hi, I can hear you well.”', 4_870],
  say: ['Heard after 320 ms, 97 % of the words transcribed', 3_410],
  hangUp: ['BYE answered, call_hangup after 44 ms, nothing left', 61],
}

/** What a role may not is closed, with its reason. */
export function anAgentsRun(account: Account): Quickstart {
  const steps = aRun('placeCall', 'waiting').steps.map((step): Step => {
    const closed = whyNotStep(account, step.id)
    return closed === undefined ? step : { id: step.id, state: 'skipped', proof: closed }
  })
  return { status: 'passed', startedAt: now - 9_000, endedAt: now - 8_771, steps }
}

/** A run that got as far as `at`, where that step has `state`. */
export function aRun(at: StepId, state: Step['state'], more: Partial<Step> = {}): Quickstart {
  const reached = stepIds.indexOf(at)
  const steps = stepIds.map((id, index): Step => {
    const [proof, ms] = proofs[id]
    if (index < reached) return { id, state: 'passed', proof, ms }
    if (index > reached) return { id, state: state === 'failed' ? 'skipped' : 'waiting' }
    return state === 'passed' ? { id, state, proof, ms } : { id, state, ...more }
  })
  const ended = state === 'failed' || (state === 'passed' && at === 'hangUp')
  return {
    status: state === 'failed' ? 'failed' : ended ? 'passed' : 'running',
    steps,
    startedAt: now - 14_300,
    ...(ended ? { endedAt: now } : {}),
    callId,
    sessionId,
  }
}
