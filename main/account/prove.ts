// Who a credential belongs to, proven by the platform: JWT claim → /customer → /service_agents/customer (contract B.4, H).
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { SignedIn } from '../../common/model/account.ts'
import { readClaims, toRole } from '../platform/claims.ts'
import type { Platform } from '../platform/platform.ts'
import type { OwnCredential } from './stored-credential.ts'

export type Proof = Omit<SignedIn, 'apiUrl' | 'provenAt' | 'kept' | 'credential'>

export async function prove(platform: Platform, own: OwnCredential): Promise<Proof> {
  if (own.credential.kind === 'accessKey') {
    const customer = await platform.customer()
    // A key acts as customer admin and has no agent (contract B.2).
    return {
      customerId: customer.id,
      customerName: customer.name || undefined,
      role: 'admin',
      customerStatus: customer.status || undefined,
      deletionAskedAt: customer.deletionAskedAt,
    }
  }
  return proveToken(platform, own.credential.token)
}

async function proveToken(platform: Platform, token: string): Promise<Proof> {
  const claims = readClaims(token)
  // `me` is open to every token: it is the proof. The name of the customer is only nice to have.
  const [me, customer] = await Promise.allSettled([platform.me(), platform.customer()])
  const agent = me.status === 'fulfilled' ? me.value : undefined
  const named = customer.status === 'fulfilled' ? customer.value : undefined
  if (!agent && !named) throw toAppError(me.status === 'rejected' ? me.reason : undefined)
  const customerId = claims?.customerId ?? named?.id ?? agent?.customerId
  if (!customerId) throw new AppError('platform.malformed', { detail: 'no customer id' })
  return {
    customerId,
    customerName: named?.name || undefined,
    agentId: claims?.agentId ?? agent?.id,
    username: claims?.username ?? agent?.username,
    // The permission in the token counts: it is frozen at sign-in (contract B.1).
    role: toRole(claims?.agentId ? claims.permission : (agent?.permission ?? 0)),
    expiresAt: claims?.expiresAt,
    customerStatus: named?.status || undefined,
    deletionAskedAt: named?.deletionAskedAt,
  }
}
