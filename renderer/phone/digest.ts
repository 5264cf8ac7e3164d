// Digest answers (RFC 7616, RFC 8760) for our own realm only: a stranger's challenge must not get a hash of the password.
import { md5 } from '@noble/hashes/legacy.js'
import { sha256, sha512_256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { type Algorithm, type Challenge, readChallenges } from './challenge.ts'
import { randomToken } from './identity.ts'

/** Our SIP domain, or a domain above it: an edge may challenge for `voipbin.net` (contract F.1). */
export function isOurRealm(realm: string | undefined, domain: string): boolean {
  if (!realm) return false
  const ours = domain.toLowerCase()
  const theirs = realm.toLowerCase()
  return theirs === ours || (theirs.includes('.') && ours.endsWith(`.${theirs}`))
}

/** What is answered: a request that came back with 401 or 407. */
export interface ChallengedRequest {
  /** One object a request, the same one when it is challenged again. */
  identity: object
  method: string
  /** As in the request line (RFC 3261 section 22.4). */
  uri: string
  inDialog: boolean
  body: string
}

export interface Credentials {
  header: 'authorization' | 'proxy-authorization'
  value: string
}

export interface DigestOptions {
  domain: string
  username: string
  password: string
  /** A challenge was left unanswered. */
  onRefused(why: string, method: string): void
  /** For tests that compare with the figures of an RFC. */
  makeCnonce?: () => string
}

export interface Digest {
  /** Answers the strongest challenge that is ours, or says why none is answered. */
  answer(status: 401 | 407, values: readonly string[], request: ChallengedRequest): Credentials | undefined
  /** Answers again with the nonces of before (RFC 7616 section 3.6), so that a closing page can unregister without a round trip. */
  ahead(request: ChallengedRequest): Credentials[]
}

type Header = Credentials['header']

/** These prove nothing to anybody or cannot be repeated; asking for a password there is an attack, or needless. */
const neverAnswered = new Set(['BYE', 'ACK', 'CANCEL', 'OPTIONS'])
/** A nonce may run out twice under way; more is a server that plays with us. */
const answersARequest = 3

export function createDigest(options: DigestOptions): Digest {
  const { domain, onRefused } = options
  const sessions = createNonceSessions(options.makeCnonce ?? (() => randomToken(24)))
  const answered = new WeakMap<object, { header: Header; challenge: Challenge }[]>()
  /** What the registrar asked for last. */
  const registrar = new Map<Header, Challenge>()

  const whyNever = (status: number, { method, inDialog }: ChallengedRequest) => {
    if (neverAnswered.has(method)) return `a challenge on ${method}`
    // Within a dialog the edge can only be a proxy; 401 is asked by the far end, whatever realm it writes.
    if (inDialog && status === 401) return `a challenge of the far end on ${method}`
    return undefined
  }

  /** RFC 7616 section 3.3: the same realm asks again only for a nonce that ran out. */
  const mayAnswer = (request: ChallengedRequest, header: Header, challenge: Challenge) => {
    const before = (answered.get(request.identity) ?? []).filter(
      (each) => each.header === header && each.challenge.realm === challenge.realm,
    )
    if (before.length === 0) return true
    const used = before.some((each) => each.challenge.nonce === challenge.nonce)
    return challenge.stale && !used && before.length < answersARequest
  }

  return {
    answer(status, values, request) {
      const refuse = (why: string) => {
        onRefused(why, request.method)
        return undefined
      }
      const never = whyNever(status, request)
      if (never) return refuse(never)
      const { usable, unusable } = readChallenges(values)
      const ours = usable.filter((each) => isOurRealm(each.realm, domain))
      const header: Header = status === 401 ? 'authorization' : 'proxy-authorization'
      const [challenge] = ours
      if (!challenge) {
        const [stranger] = usable
        if (stranger) return refuse(`challenge for the realm ${stranger.realm}`)
        return refuse(unusable[0] ?? 'malformed challenge')
      }
      // Not refused: the answer was given and not accepted.
      if (!mayAnswer(request, header, challenge)) return undefined
      const past = answered.get(request.identity) ?? []
      answered.set(request.identity, [...past, { header, challenge }])
      if (request.method === 'REGISTER') registrar.set(header, challenge)
      return { header, value: toHeader(options, challenge, request, sessions.next(challenge.nonce)) }
    },
    ahead: (request) =>
      [...registrar].map(([header, challenge]) => ({
        header,
        value: toHeader(options, challenge, request, sessions.next(challenge.nonce)),
      })),
  }
}

interface NonceUse {
  cnonce: string
  count: number
}

/** RFC 7616 section 3.4: the count goes up with each use of a nonce, and a `-sess` key is bound to its first client nonce. */
function createNonceSessions(makeCnonce: () => string) {
  const uses = new Map<string, NonceUse>()
  return {
    next(nonce: string): NonceUse {
      const use = {
        cnonce: uses.get(nonce)?.cnonce ?? makeCnonce(),
        count: (uses.get(nonce)?.count ?? 0) + 1,
      }
      uses.delete(nonce)
      uses.set(nonce, use)
      if (uses.size > 20) uses.delete(uses.keys().next().value ?? '')
      return use
    },
  }
}

/** RFC 7616 section 3.4. */
function toHeader(
  { username, password }: DigestOptions,
  challenge: Challenge,
  request: ChallengedRequest,
  use: NonceUse,
): string {
  const { realm, nonce, opaque, qop } = challenge
  const hash = hashOf(challenge.algorithm)
  const count = use.count.toString(16).padStart(8, '0')
  const secret = hash(`${username}:${realm}:${password}`)
  const first = challenge.session ? hash(`${secret}:${nonce}:${use.cnonce}`) : secret
  const entity = qop === 'auth-int' ? `:${hash(request.body)}` : ''
  const second = hash(`${request.method}:${request.uri}${entity}`)
  const middle = qop ? `${nonce}:${count}:${use.cnonce}:${qop}` : nonce
  const name = challenge.userhash ? hash(`${username}:${realm}`) : username
  const parameters = [
    `username=${quote(name)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(request.uri)}`,
    `response="${hash(`${first}:${middle}:${second}`)}"`,
    ...(challenge.algorithmName ? [`algorithm=${challenge.algorithmName}`] : []),
    ...(qop ? [`cnonce=${quote(use.cnonce)}`, `qop=${qop}`, `nc=${count}`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
    ...(challenge.userhash ? ['userhash=true'] : []),
  ]
  return `Digest ${parameters.join(', ')}`
}

function hashOf(algorithm: Algorithm): (text: string) => string {
  const digest = { MD5: md5, 'SHA-256': sha256, 'SHA-512-256': sha512_256 }[algorithm]
  return (text) => bytesToHex(digest(utf8ToBytes(text)))
}

/** RFC 3261 section 25.1, quoted-string; a line break in it could add a header of somebody else's. */
function quote(text: string): string {
  return `"${text.replace(/[\r\n\0]/g, '').replace(/[\\"]/g, '\\$&')}"`
}
