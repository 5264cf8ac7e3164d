// The front server: every request from its first byte to its answer (contract A.1, B).
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { AnsweredOtherwise, BrokenConnection } from '../faults.ts'
import { findAuth } from '../rest/auth.ts'
import { routes } from '../rest/routes.ts'
import { answerStrings } from '../strings.ts'
import type { World } from '../world.ts'
import { readBody } from './body.ts'
import { authenticate } from './credentials.ts'
import { ApiError } from './errors.ts'
import { checkAllowed, checkIds, findRoute, type Reply } from './route.ts'

export interface Api {
  world: World
  controlToken: string
}

export async function answerHttp(
  api: Api,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = toRequestId(request.headers['x-request-id'])
  const url = toUrl(request)
  try {
    send(response, requestId, await answer(api, request, url))
  } catch (error) {
    if (error instanceof BrokenConnection) return void request.socket.destroy()
    if (error instanceof AnsweredOtherwise) return sendOther(response, requestId, error)
    if (!(error instanceof ApiError)) api.world.log.error(`${request.method} ${url.pathname}`, error)
    const refusal = error instanceof ApiError ? error : new ApiError(500, 'INTERNAL', 'Internal error.')
    const headers = refusal.headers
    // Below /auth a failure is a bare status (contract B.1); a route that does not exist is not /auth's.
    const bare = url.pathname.startsWith('/auth/') && refusal.reason !== 'ROUTE_NOT_FOUND'
    const body = bare ? {} : { body: refusal.envelope(requestId) }
    send(response, requestId, { status: refusal.status, headers, ...body })
  }
  api.world.log.debug(`${request.method} ${url.pathname} ${response.statusCode}`)
}

async function answer(api: Api, request: IncomingMessage, url: URL): Promise<Reply> {
  const method = request.method ?? 'GET'
  const path = url.pathname
  if (method === 'OPTIONS') return { status: 204 }
  if (path === '/ping' && method === 'GET') return { body: { message: 'pong' } }
  if (path === '/practice/strings') return answerStrings(api.world, api.controlToken, request)
  if (path.startsWith('/auth/')) return answerAuth(api, request, method, path)
  return answerRoute(api, request, method, url)
}

async function answerAuth(api: Api, request: IncomingMessage, method: string, path: string): Promise<Reply> {
  api.world.limiter.take('auth', toAddress(request))
  await api.world.faults.beforeRequest(method, path)
  const found = findAuth(api.world, method, path)
  if (!found) throw new ApiError(404, 'ROUTE_NOT_FOUND', 'There is no such route.')
  return found(api.world, await readBody(request))
}

async function answerRoute(api: Api, request: IncomingMessage, method: string, url: URL): Promise<Reply> {
  const { world } = api
  world.limiter.take('ip', toAddress(request))
  const match = findRoute(routes, method, url.pathname)
  if (!match) throw new ApiError(404, 'ROUTE_NOT_FOUND', 'There is no such route.')
  const who = authenticate(request, url, world.store, world.tokens)
  world.limiter.take('customer', who.customerId)
  await world.faults.beforeRequest(method, url.pathname)
  checkAllowed(match.route, who)
  checkIds(match.params)
  const body = await readBody(request)
  return match.route.answer({ world, who, params: match.params, query: url.searchParams, body })
}

const corsHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE, OPTIONS',
  'Access-Control-Allow-Headers': 'Origin, X-Requested-With, Content-Type, Accept, Authorization',
}

function send(response: ServerResponse, requestId: string, reply: Reply): void {
  const hasBody = reply.body !== undefined
  response.writeHead(reply.status ?? 200, {
    ...corsHeaders,
    'X-Request-Id': requestId,
    ...(hasBody ? { 'Content-Type': 'application/json; charset=utf-8' } : {}),
    ...reply.headers,
  })
  response.end(hasBody ? JSON.stringify(reply.body) : undefined)
}

function sendOther(response: ServerResponse, requestId: string, { answer }: AnsweredOtherwise): void {
  const { status, text, type, headers } = answer
  response.writeHead(status, { ...corsHeaders, 'X-Request-Id': requestId, 'Content-Type': type, ...headers })
  response.end(text)
}

/** A client may name its request: at most 64 of `A–Z a–z 0–9 _ -` (contract B.5). */
export function toRequestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID()
}

/** `//` and its like are no address: they are no route either. */
export function toUrl(request: IncomingMessage): URL {
  const base = 'http://127.0.0.1'
  const given = request.url ?? '/'
  return new URL(URL.canParse(given, base) ? given : '/unreadable', base)
}

const toAddress = (request: IncomingMessage) => request.socket.remoteAddress ?? ''
