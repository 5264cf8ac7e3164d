// The registrar (RFC 3261 section 10.3): who may register, for how long, and what is bound in the end.
import type { IncomingRegisterRequest, IncomingRequestMessage } from 'sip.js/lib/core/index.js'
import type { LineOptions, LineStrings } from '../line.ts'
import type { Bindings } from './bindings.ts'
import { type ContactValue, parseContacts } from './contacts.ts'
import type { Digest } from './digest.ts'

const DEFAULT_EXPIRES = 3_600
const LONGEST_EXPIRES = 7_200

export interface RegistrarParts {
  options: LineOptions
  strings: LineStrings
  bindings: Bindings
  digest: Digest
  /** The Contact values of the request, as they were written. */
  contactsOf(message: IncomingRequestMessage): string[]
  /** The contact was bound by the request being handled now. */
  onBound(contactUri: string): void
}

interface Refusal {
  statusCode: number
  reasonPhrase: string
  extraHeaders?: string[]
}

export function register(request: IncomingRegisterRequest, parts: RegistrarParts): void {
  const { strings } = parts
  if (strings.registerStatus === 0) return
  if (strings.registerStatus !== undefined) {
    if (strings.registerStatus === 200) request.accept({ statusCode: 200 })
    else request.reject({ statusCode: strings.registerStatus })
    return
  }
  const { message } = request
  const extension = message.to.uri.user ?? ''
  const refusal = authorise(message, extension, parts) ?? bind(message, extension, parts)
  if (refusal) return void request.reject(refusal)
  const now = Date.now()
  request.accept({
    statusCode: 200,
    extraHeaders: parts.bindings
      .of(extension)
      .map(
        ({ uri, expiresAt }) =>
          `Contact: <${uri}>;expires=${Math.max(1, Math.round((expiresAt - now) / 1000))}`,
      ),
  })
}

function authorise(
  message: IncomingRequestMessage,
  extension: string,
  parts: RegistrarParts,
): Refusal | undefined {
  const { options, digest } = parts
  const domain = message.to.uri.host.toLowerCase()
  const isKnown = domain === options.domain.toLowerCase() || options.isDomain?.(domain)
  if (!isKnown || message.ruri?.host?.toLowerCase() !== domain) {
    return { statusCode: 404, reasonPhrase: 'Unknown domain' }
  }
  const password = options.password(extension, domain)
  if (password === undefined) return { statusCode: 404, reasonPhrase: 'Unknown extension' }
  const byProxy = options.challenge?.status === 407
  const verdict = digest.check({
    method: 'REGISTER',
    authorization: message.getHeader(byProxy ? 'proxy-authorization' : 'authorization'),
    username: extension,
    password,
  })
  if (verdict === 'ok') return undefined
  if (verdict === 'wrong') return { statusCode: 403, reasonPhrase: 'Wrong password' }
  const challenge = digest.challenge(verdict === 'stale')
  return byProxy
    ? {
        statusCode: 407,
        reasonPhrase: 'Proxy Authentication Required',
        extraHeaders: [`Proxy-Authenticate: ${challenge}`],
      }
    : { statusCode: 401, reasonPhrase: 'Unauthorized', extraHeaders: [`WWW-Authenticate: ${challenge}`] }
}

function bind(
  message: IncomingRequestMessage,
  extension: string,
  parts: RegistrarParts,
): Refusal | undefined {
  const { bindings } = parts
  const written = parts.contactsOf(message)
  const contacts = parseContacts(written)
  const header = Number(message.getHeader('expires') ?? DEFAULT_EXPIRES)
  if (contacts.some(({ uri }) => uri === '*')) {
    // The wildcard stands alone and only removes (RFC 3261 section 10.3 item 6).
    if (contacts.length > 1 || header !== 0) return { statusCode: 400, reasonPhrase: 'Bad wildcard Contact' }
    bindings.removeAll(extension)
    return undefined
  }
  if (contacts.length === 0 && written.length > 0) {
    return { statusCode: 400, reasonPhrase: 'Bad Contact' }
  }
  const inTime = contacts.map((contact) => apply(contact, header, extension, message, parts))
  return inTime.every(Boolean) ? undefined : { statusCode: 500, reasonPhrase: 'Out of order' }
}

function apply(
  { uri, expires }: ContactValue,
  header: number,
  extension: string,
  message: IncomingRequestMessage,
  { bindings, onBound }: RegistrarParts,
): boolean {
  const seconds = Math.min(expires ?? (Number.isFinite(header) ? header : DEFAULT_EXPIRES), LONGEST_EXPIRES)
  if (seconds <= 0) {
    bindings.remove(extension, uri)
    return true
  }
  const bound = bindings.put(
    extension,
    { uri, expiresAt: Date.now() + seconds * 1000 },
    message.callId,
    message.cseq,
  )
  if (bound) onBound(uri)
  return bound
}
