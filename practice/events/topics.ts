// Which topics a client may subscribe to (contract E.2).
import type { Identity } from '../http/credentials.ts'
import { isUuid } from '../http/route.ts'
import { permission } from '../store/seed.ts'

/** Only the scope is checked; the number of parts and the resource names are free. */
export function isAllowedTopic(topic: unknown, who: Identity): boolean {
  if (typeof topic !== 'string') return false
  const [scope, id] = topic.split(':')
  if (!isUuid(id)) return false
  if ((who.permission & permission.superAdmin) !== 0) return true
  const member = (who.permission & (permission.admin | permission.manager)) !== 0
  if (scope === 'customer_id') return member && id === who.customerId
  return scope === 'agent_id' && id === who.agent?.id
}

export type Command = { type: 'subscribe' | 'unsubscribe'; topics: unknown[] }

/** Nothing for anything the platform ignores: no JSON, an unknown type. */
export function parseCommand(text: string): Command | undefined {
  try {
    const value = JSON.parse(text) as { type?: unknown; topics?: unknown } | null
    const type = value?.type
    if (type !== 'subscribe' && type !== 'unsubscribe') return undefined
    return { type, topics: Array.isArray(value?.topics) ? value.topics : [] }
  } catch {
    return undefined
  }
}
