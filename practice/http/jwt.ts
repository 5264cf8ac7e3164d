// Sign-in tokens: HS256 with the platform's claims; the expiry is a string, there is no `exp` (contract B.1).
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Agent } from '../store/resources.ts'

export interface Tokens {
  issue(agent: Agent): string
  /** The agent as of sign-in, or nothing for a token that is forged, malformed or over. */
  read(token: string): Agent | undefined
  /** Ends every token issued so far. */
  expireAll(): void
}

const week = 7 * 24 * 3_600_000

export function createTokens(now: () => number = Date.now): Tokens {
  const secret = randomBytes(32)
  let generation = 0
  const sign = (text: string) => createHmac('sha256', secret).update(`${generation}`).update(text).digest()
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return {
    issue(agent) {
      const expire = `${new Date(now() + week).toISOString().slice(0, -1)}000Z`
      const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ type: 'agent', agent, expire })}`
      return `${text}.${sign(text).toString('base64url')}`
    },
    read(token) {
      const [head, payload, signature, ...rest] = token.split('.')
      if (!head || !payload || !signature || rest.length > 0) return undefined
      const given = Buffer.from(signature, 'base64url')
      const right = sign(`${head}.${payload}`)
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
        agent: Agent
        expire: string
      }
      return Date.parse(claims.expire) > now() ? claims.agent : undefined
    },
    expireAll: () => void generation++,
  }
}
