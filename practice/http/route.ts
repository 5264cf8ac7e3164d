// A route: method, path with `:id` places, who may use it, and what answers it.

import { permission } from '../store/seed.ts'
import type { World } from '../world.ts'
import type { Identity } from './credentials.ts'
import { ApiError, badRequest, denied } from './errors.ts'

/**
 * Who may call (contract B.4). `member`: manager or admin; `admin`: admin only; `agent`: any signed-in agent;
 * `self`: as `agent`, but a key is told 403; `nobody`: project super admins, of which practice has none.
 */
export type Needs = 'member' | 'admin' | 'agent' | 'self' | 'nobody'

export interface ApiRequest {
  world: World
  who: Identity
  params: Record<string, string>
  query: URLSearchParams
  body: Record<string, unknown>
}

/** No `body` = an empty one, which is not JSON (contract C.3). */
export interface Reply {
  status?: number
  body?: unknown
  headers?: Record<string, string>
}

export interface Route {
  method: string
  path: string
  needs: Needs
  answer(request: ApiRequest): Reply | Promise<Reply>
}

export function route(method: string, path: string, needs: Needs, answer: Route['answer']): Route {
  return { method, path: `/v1.0${path}`, needs, answer }
}

export interface Match {
  route: Route
  params: Record<string, string>
}

/** A wrong method is no route either: the platform has no 405 (contract B.5). */
export function findRoute(routes: readonly Route[], method: string, path: string): Match | undefined {
  for (const candidate of routes) {
    if (candidate.method !== method) continue
    const params = matchPath(candidate.path, path)
    if (params) return { route: candidate, params }
  }
  return undefined
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const want = pattern.split('/')
  const have = path.split('/')
  if (want.length !== have.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of want.entries()) {
    const given = have[index] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = given
    else if (part !== given) return undefined
  }
  return params
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
export const isUuid = (text: unknown): text is string => typeof text === 'string' && uuid.test(text)

export function checkAllowed({ needs }: Route, who: Identity): void {
  const has = (bits: number) => (who.permission & bits) !== 0
  if (needs === 'agent' && !who.agent)
    throw new ApiError(401, 'AUTHENTICATION_REQUIRED', 'An agent must be signed in.')
  if (needs === 'self' && !who.agent) throw new ApiError(403, 'AGENT_AUTH_REQUIRED', 'Not for access keys.')
  if (needs === 'member' && !has(permission.admin | permission.manager)) throw denied()
  if (needs === 'admin' && !has(permission.admin)) throw denied()
  if (needs === 'nobody' && !has(permission.superAdmin)) throw denied()
}

export function checkIds(params: Record<string, string>): void {
  for (const value of Object.values(params))
    if (!isUuid(value)) throw badRequest('The id is not valid.', 'INVALID_ID')
}
