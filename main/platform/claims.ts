// What a token says of itself (contract B.1): read without verification, only to know whom to ask for what.
import { z } from 'zod'
import type { Role } from '../../common/model/account.ts'
import { parseTime } from './wire/times.ts'
import { toId } from './wire/values.ts'

export interface Claims {
  customerId?: string | undefined
  agentId?: string | undefined
  username?: string | undefined
  /** Bit mask, frozen at sign-in (contract B.1). */
  permission: number
  expiresAt?: number | undefined
}

const Payload = z.object({
  agent: z
    .object({
      id: z.string().catch(''),
      customer_id: z.string().catch(''),
      username: z.string().catch(''),
      permission: z.number().catch(0),
    })
    .optional()
    .catch(undefined),
  // A string timestamp; there is no numeric `exp` in the platform's tokens, but other issuers write one.
  expire: z.unknown(),
  exp: z.number().optional().catch(undefined),
})

/** Nothing for what is not a JSON Web Token. */
export function readClaims(token: string): Claims | undefined {
  const [, middle, , ...rest] = token.split('.')
  if (!middle || rest.length > 0) return undefined
  const parsed = Payload.safeParse(parseJson(Buffer.from(middle, 'base64url').toString('utf8')))
  if (!parsed.success) return undefined
  const { agent, expire, exp } = parsed.data
  return {
    customerId: toId(agent?.customer_id),
    agentId: toId(agent?.id),
    username: agent?.username || undefined,
    permission: agent?.permission ?? 0,
    expiresAt: parseTime(expire) ?? (exp === undefined ? undefined : exp * 1000),
  }
}

/** Permission bits of contract B.1; the strongest wins. */
export function toRole(permission: number): Role {
  if (permission & 1) return 'superAdmin'
  if (permission & 32) return 'admin'
  if (permission & 64) return 'manager'
  return 'agent'
}

/** A plain agent works through `service_agents/*` (contract C.10). */
export function isPlainAgent(token: string): boolean {
  const claims = readClaims(token)
  return claims !== undefined && toRole(claims.permission) === 'agent'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
