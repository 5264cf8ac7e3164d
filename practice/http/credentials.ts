// Who asks: the five places of a credential, first match wins (contract B.2).
import type { IncomingMessage } from 'node:http'
import type { Agent } from '../store/resources.ts'
import { permission } from '../store/seed.ts'
import type { Store } from '../store/store.ts'
import { ApiError } from './errors.ts'
import type { Tokens } from './jwt.ts'

/** An access key acts as customer admin but has no agent. */
export interface Identity {
  customerId: string
  permission: number
  agent: Agent | undefined
}

interface Found {
  kind: 'token' | 'accesskey'
  value: string
}

export function authenticate(request: IncomingMessage, url: URL, store: Store, tokens: Tokens): Identity {
  const found = findCredential(request, url)
  if (!found) throw new ApiError(401, 'AUTHENTICATION_REQUIRED', 'Authentication is required.')
  const who = found.kind === 'token' ? fromToken(found.value, tokens) : fromKey(found.value, store)
  if (!who) throw new ApiError(401, 'INVALID_CREDENTIALS', 'The credentials are not valid.')
  return who
}

/** There is no header form of an access key; `Bearer` carries tokens only. */
function findCredential(request: IncomingMessage, url: URL): Found | undefined {
  const cookies = readCookies(request.headers.cookie ?? '')
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const token = cookies.get('token') ?? url.searchParams.get('token') ?? bearer
  if (token) return { kind: 'token', value: token }
  const key = cookies.get('accesskey') ?? url.searchParams.get('accesskey')
  return key ? { kind: 'accesskey', value: key } : undefined
}

function fromToken(token: string, tokens: Tokens): Identity | undefined {
  const agent = tokens.read(token)
  return agent && { customerId: agent.customer_id, permission: agent.permission, agent }
}

function fromKey(key: string, store: Store): Identity | undefined {
  const id = [...store.keys].find(([, token]) => token === key)?.[0]
  const row = id === undefined ? undefined : store.accesskeys.get(id)
  if (!row || row.tm_delete !== null) return undefined
  if (row.tm_expire !== null && Date.parse(row.tm_expire) <= Date.now()) return undefined
  return { customerId: row.customer_id, permission: permission.admin, agent: undefined }
}

function readCookies(header: string): Map<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split('=', 2) as [string, string | undefined])
  return new Map(pairs.filter(([name, value]) => name && value).map(([name, value]) => [name, value ?? '']))
}
