// Digest answers for our own realm only: a stranger's challenge must not get a hash of the password.
import { Core } from 'sip.js'
import { randomToken } from './identity.ts'

/** Our SIP domain, or a domain above it: an edge may challenge for `voipbin.net` (contract F.1). */
export function isOurRealm(realm: string | undefined, domain: string): boolean {
  if (!realm) return false
  const ours = domain.toLowerCase()
  const theirs = realm.toLowerCase()
  return theirs === ours || (theirs.includes('.') && ours.endsWith(`.${theirs}`))
}

export interface Challenge {
  realm?: string
  algorithm?: string
}

export interface DigestOptions {
  domain: string
  username: string
  password: string
  loggerFactory: Core.LoggerFactory
  /** A challenge was left unanswered. */
  onRefused(why: string): void
  /** A challenge was answered; the same nonce may serve the next request too. */
  onAnswered(digest: PinnedDigest, request: Core.OutgoingRequestMessage, challenge: Challenge): void
}

export class PinnedDigest extends Core.DigestAuthentication {
  readonly #domain: string
  readonly #onRefused: DigestOptions['onRefused']
  readonly #onAnswered: DigestOptions['onAnswered']

  constructor(options: DigestOptions) {
    super(options.loggerFactory, undefined, options.username, options.password)
    this.#domain = options.domain
    this.#onRefused = options.onRefused
    this.#onAnswered = options.onAnswered
    // SIP.js takes its client nonce from Math.random; whatever it writes, ours is kept (RFC 7616 section 3.4).
    let cnonce = randomToken(16)
    Object.defineProperty(this, 'cnonce', {
      get: () => cnonce,
      set: () => {
        cnonce = randomToken(16)
      },
    })
  }

  override authenticate(
    request: Core.OutgoingRequestMessage,
    challenge: Challenge | undefined,
    body?: string,
  ): boolean {
    // A BYE proves nothing to anybody; asking for a password there is an attack (SySS, digest leak).
    if (request.method === 'BYE') return this.#refuse('challenge on BYE')
    if (!isOurRealm(challenge?.realm, this.#domain)) {
      return this.#refuse(`challenge for the realm ${challenge?.realm ?? '(none)'}`)
    }
    if (challenge?.algorithm && challenge.algorithm.toUpperCase() !== 'MD5') {
      return this.#refuse(`digest algorithm ${challenge.algorithm}`)
    }
    const known = challenge?.algorithm ? { ...challenge, algorithm: 'MD5' } : { ...challenge }
    if (!super.authenticate(request, known, body)) return this.#refuse('malformed challenge')
    this.#onAnswered(this, request, known)
    return true
  }

  #refuse(why: string): false {
    this.#onRefused(why)
    return false
  }
}
