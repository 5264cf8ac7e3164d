// Digest authentication of the registrar (RFC 7616, with MD5 as the platform uses it): challenges and their check.
import { createHash, randomBytes } from 'node:crypto'

export type DigestVerdict = 'ok' | 'missing' | 'stale' | 'wrong'

export interface DigestInput {
  method: string
  /** The value of the Authorization header. */
  authorization: string | undefined
  /** Whose password it must be. */
  username: string
  password: string
}

export interface Digest {
  /** A WWW-Authenticate value with a fresh nonce. */
  challenge(stale?: boolean): string
  /** `stale` asks for the same again with a fresh nonce; `wrong` is the end of it. */
  check(input: DigestInput): DigestVerdict
}

const NONCE_MS = 300_000
const MOST_NONCES = 1_000

interface Nonce {
  expiresAt: number
  /** The highest count seen with it: a lower or equal one is a replay (RFC 7616 section 3.4). */
  count: number
}

export function createDigest(realm: string, now: () => number = Date.now): Digest {
  const nonces = new Map<string, Nonce>()

  return {
    challenge(stale = false) {
      const nonce = randomBytes(16).toString('hex')
      nonces.set(nonce, { expiresAt: now() + NONCE_MS, count: 0 })
      for (const [old, { expiresAt }] of nonces) {
        // The map is in the order of issue, so the first one still good ends the search.
        if (expiresAt > now() && nonces.size <= MOST_NONCES) break
        nonces.delete(old)
      }
      const tail = stale ? ', stale=true' : ''
      return `Digest realm="${realm}", nonce="${nonce}", algorithm=MD5, qop="auth"${tail}`
    },
    check({ method, authorization, username, password }) {
      if (authorization === undefined) return 'missing'
      const given = parseDigest(authorization)
      if (!given) return 'missing'
      const nonce = nonces.get(given.nonce ?? '')
      if (!nonce || nonce.expiresAt <= now()) return 'stale'
      if (given.username !== username || given.realm !== realm || given.qop !== 'auth') return 'wrong'
      if (given.response?.toLowerCase() !== response(given, method, password)) return 'wrong'
      const count = Number.parseInt(given.nc ?? '', 16)
      if (!(count > nonce.count)) return 'stale'
      nonce.count = count
      return 'ok'
    },
  }
}

function response(given: Record<string, string>, method: string, password: string): string {
  const ha1 = md5(`${given.username}:${given.realm}:${password}`)
  const ha2 = md5(`${method}:${given.uri ?? ''}`)
  return md5([ha1, given.nonce, given.nc, given.cnonce, given.qop, ha2].join(':'))
}

function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex')
}

/** `Digest a="b", c=d` as a record; nothing when it is another scheme. */
export function parseDigest(header: string): Record<string, string> | undefined {
  const scheme = /^\s*digest\s+/i.exec(header)
  if (!scheme) return undefined
  const out: Record<string, string> = {}
  const pair = /([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi
  for (const [, name, quoted, token] of header.slice(scheme[0].length).matchAll(pair)) {
    if (name) out[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? token ?? ''
  }
  return out
}
