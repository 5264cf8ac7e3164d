// The two dialects: `documented` as the guides describe the platform, `deployed` as its code behaves (contract H).
// Every difference lives here; nothing else asks which dialect is spoken.
import { ApiError, badRequest, internal, notFound } from './http/errors.ts'
import type { Address, Extension } from './store/resources.ts'

export type DialectName = 'documented' | 'deployed'

export interface Dialect {
  readonly name: DialectName
  /** A row as JSON shows it. */
  show(row: object): Record<string, unknown>

  /** Body-less status for a wrong name or password. */
  readonly loginRefused: number
  /** How a signup is finished: a six-digit code, or a link in an e-mail (contract B.3). */
  readonly signup: 'code' | 'link'
  /** Headers of a 429: when to come again, or nothing. */
  tooMany(seconds: number): Record<string, string>
  /** How REGISTER is challenged, and whether for the domain of the customer or for the base domain. */
  readonly challenge: { status: 401 | 407; realm: 'customer' | 'base' }
  /** Action types beside those of the catalogue; they do nothing. */
  readonly moreActions: readonly string[]

  readonly customer: {
    /** A change carries all seven fields: one that is missing is emptied (its published API requires them all). */
    readonly wholeOnly: boolean
  }

  readonly extension: {
    /** A missing field is 400, or is silently accepted. */
    readonly needsAllFields: boolean
    duplicate(): ApiError
    /** What a destination's `target_name` is compared with. */
    dialKey(extension: Extension): string
  }

  readonly call: {
    /** An extension's legs are answered as `calls`, or behind `groupcalls`. */
    readonly placedAs: 'calls' | 'groupcalls'
    readonly sourceMustBeOwned: boolean
    /** Nobody registered: a call that hangs up at once, or no call at all. */
    unregistered(): ApiError | undefined
    /** Ids are handed out this long before their calls exist (contract C.4). */
    readonly bornAfterMs: number
    childDestination(extension: Extension, contactUri: string): Address
  }

  readonly transcribe: { overCall(): ApiError }
  readonly recording: { wrongState(): ApiError }

  readonly speaking: {
    readonly bornActive: boolean
    /** A speaking as JSON shows it. */
    show(row: object): Record<string, unknown>
    /** Refuses a call that is not up. */
    notUp(): ApiError
    /** The platform's code does not look whether the call was answered. */
    readonly needsAnswered: boolean
    second(): ApiError
    sayInactive(): ApiError
    tooLong(text: string): boolean
    readonly endsWithCall: boolean
    /** Flush before the first say: nothing to do, or no such stream. */
    readonly flushNeedsSay: boolean
    /** Whether flush also cuts what is being spoken (contract C.6 item 2). */
    flushSilences(provider: string): boolean
  }

  readonly events: {
    /** Types that never leave the platform. */
    isInternal(type: string): boolean
    /** Topics one event is published under; a subscriber gets it once for each that matches. */
    topics(scope: string, type: string, resource: { id: string } & Record<string, unknown>): string[]
    frame(type: string, topic: string, resource: Record<string, unknown>, at: string): unknown
    matches(subscribed: string, topic: string): boolean
  }
}

/** First word of the event type, e.g. `call` of `call_hangup` (contract E.3). */
const resourceOf = (type: string) => type.split('_')[0] ?? type

/** Unset times are empty texts, a direct hash is bare (contract H). */
function showDocumented(row: object): Record<string, unknown> {
  const entries = Object.entries(row).map(([key, value]) => {
    if (key.startsWith('tm_') && value === null) return [key, '']
    if (key === 'action' && value !== null) return [key, showDocumented(value)]
    return [key, key === 'direct_hash' ? String(value).replace('direct.', '') : value]
  })
  return Object.fromEntries(entries)
}

const documented: Dialect = {
  name: 'documented',
  show: showDocumented,
  loginRefused: 401,
  signup: 'code',
  customer: { wholeOnly: false },
  tooMany: () => ({}),
  challenge: { status: 407, realm: 'base' },
  moreActions: ['ai'],
  extension: {
    needsAllFields: true,
    duplicate: () => new ApiError(409, 'ALREADY_EXISTS', 'The extension exists already.'),
    dialKey: (extension) => extension.name,
  },
  call: {
    placedAs: 'calls',
    sourceMustBeOwned: true,
    unregistered: () => undefined,
    bornAfterMs: 0,
    childDestination: (extension) => ({
      type: 'extension',
      target: '',
      target_name: extension.name,
      name: '',
      detail: '',
    }),
  },
  transcribe: { overCall: () => badRequest('The call is over.') },
  recording: { wrongState: () => new ApiError(409, 'CALL_STATE_INVALID', 'Wrong state for a recording.') },
  speaking: {
    bornActive: false,
    show: (row) => ({ ...showDocumented(row), pod_id: '' }),
    notUp: () => badRequest('The call is not progressing.'),
    needsAnswered: true,
    second: () => new ApiError(409, 'STATE_INVALID', 'Another speaking runs on this call.'),
    sayInactive: () => badRequest('The speaking is not active.'),
    tooLong: (text) => [...text].length > 5000,
    endsWithCall: true,
    flushNeedsSay: false,
    flushSilences: () => true,
  },
  events: {
    isInternal: () => false,
    topics(scope, type, resource) {
      // Transcripts are printed under their transcribe (the real-time voice guide).
      const owner = resource.transcribe_id
      const [name, id] = typeof owner === 'string' ? ['transcribe', owner] : [resourceOf(type), resource.id]
      return [`${scope}:${name}:${id}`]
    },
    frame: (type, topic, resource, at) => ({ event_type: type, timestamp: at, topic, data: resource }),
    matches: (subscribed, topic) =>
      topic.startsWith(subscribed.endsWith('*') ? subscribed.slice(0, -1) : subscribed),
  },
}

const deployed: Dialect = {
  name: 'deployed',
  show: (row) => ({ ...row }),
  loginRefused: 400,
  signup: 'link',
  customer: { wholeOnly: true },
  tooMany: (seconds) => ({ 'Retry-After': String(seconds) }),
  challenge: { status: 401, realm: 'customer' },
  moreActions: [],
  extension: {
    needsAllFields: false,
    duplicate: () => internal(),
    dialKey: (extension) => extension.extension,
  },
  call: {
    placedAs: 'groupcalls',
    sourceMustBeOwned: false,
    unregistered: () => internal(),
    bornAfterMs: 20,
    childDestination: (extension, contactUri) => ({
      type: 'sip',
      // Stored with `^3B` for `;` and with what the edge adds (contract F.1).
      target: `${contactUri};alias=127.0.0.1~5060~5;outbound_proxy=127.0.0.1`.replaceAll(';', '^3B'),
      target_name: extension.extension,
      name: '',
      detail: '',
    }),
  },
  transcribe: { overCall: () => internal() },
  recording: { wrongState: () => internal() },
  speaking: {
    bornActive: true,
    // Empty texts are left out (contract C.6).
    show: (row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')),
    notUp: () => internal(),
    needsAnswered: false,
    second: () => internal(),
    sayInactive: () => notFound('SPEAKING'),
    tooLong: (text) => Buffer.byteLength(text, 'utf8') > 5000,
    endsWithCall: false,
    flushNeedsSay: true,
    flushSilences: (provider) => provider === 'gcp',
  },
  events: {
    isInternal: (type) => /^(speaking|streaming|extension)_/.test(type),
    topics(scope, type, resource) {
      const name = resourceOf(type)
      return [`${scope}:${name}:${resource.id}`, `${scope}:${name}:${type}:${resource.id}`]
    },
    frame: (_type, _topic, resource) => resource,
    // A literal prefix; `*` is an ordinary character (contract E.3).
    matches: (subscribed, topic) => topic.startsWith(subscribed),
  },
}

export const dialects: Record<DialectName, Dialect> = { documented, deployed }
