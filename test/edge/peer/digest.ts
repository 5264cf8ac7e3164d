// Answers to digest challenges (RFC 7616): MD5 and SHA-256, with and without qop.
import { createHash } from 'node:crypto'
import { token } from './address.ts'
import type { Header, SipRequest, SipResponse } from './message.ts'

export interface Credentials {
  user: string
  password: string
}

/** The header that answers the challenge of a 401 or 407; nothing where there is none we can answer. */
export function answerChallenge(
  request: SipRequest,
  response: SipResponse,
  { user, password }: Credentials,
): Header | undefined {
  const isProxy = response.status === 407
  const challenges = response.headers
    .filter(([name]) => name.toLowerCase() === (isProxy ? 'proxy-authenticate' : 'www-authenticate'))
    .map(([, value]) => parseChallenge(value))
  const usable = challenges.filter(({ algorithm = 'MD5' }) => hashes[algorithm.toUpperCase()])
  // The first one that is understood: the server sorts by its preference (section 3.7).
  const challenge = usable[0]
  if (!challenge) return undefined
  const { realm = '', nonce = '', opaque, algorithm } = challenge
  const hash = toHash(hashes[(algorithm ?? 'MD5').toUpperCase()] ?? 'md5')
  const ha1 = hash(`${user}:${realm}:${password}`)
  const ha2 = hash(`${request.method}:${request.uri}`)
  const hasQop = challenge.qop?.split(/\s*,\s*/).includes('auth')
  const cnonce = token()
  const answer = hasQop
    ? hash(`${ha1}:${nonce}:00000001:${cnonce}:auth:${ha2}`)
    : hash(`${ha1}:${nonce}:${ha2}`)
  const parts = [
    `username="${user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${request.uri}"`,
    `response="${answer}"`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(hasQop ? [`qop=auth`, `nc=00000001`, `cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ]
  return [isProxy ? 'Proxy-Authorization' : 'Authorization', `Digest ${parts.join(', ')}`]
}

const hashes: Record<string, string> = { MD5: 'md5', 'SHA-256': 'sha256' }

const toHash = (name: string) => (text: string) => createHash(name).update(text, 'utf8').digest('hex')

function parseChallenge(value: string): Record<string, string> {
  const out: Record<string, string> = {}
  if (!/^digest\s/i.test(value)) return { algorithm: 'none' }
  for (const [, name = '', quoted, plain] of value
    .slice(7)
    .matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))/g)) {
    out[name.toLowerCase()] = quoted ?? plain ?? ''
  }
  return out
}
