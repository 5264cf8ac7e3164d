// One request(): credential, request id, rate limit, retry of safe reads, trace row, status → AppError.
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { AppError } from '../../common/kit/errors.ts'
import { sleepReally } from '../../common/kit/wait.ts'
import { type Answer, exchange } from './exchange.ts'
import type { PlatformOptions } from './platform.ts'
import { createRateLimit } from './rate-limit.ts'
import { createAgents } from './tls.ts'
import { toTraceRow } from './trace-row.ts'
import { parseJson, toErrno, toNetworkError, toStatusError } from './translate.ts'

export interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `/extensions`: below `/v1.0`, or `/auth/…`, which lives at the root (contract A.1). */
  path: string
  query?: Record<string, string | undefined>
  body?: unknown
  /** 15 s; 60 s for summaries (contract J). */
  timeoutMs?: number
}

export interface Http {
  /** Fails with an AppError. The answer has passed `schema`. */
  request<T>(request: Request, schema: z.ZodType<T>): Promise<T>
  /** For answers nobody reads; they may be empty (contract C.3). */
  send(request: Request): Promise<void>
  close(): void
}

export type HttpOptions = Omit<PlatformOptions, 'credential'> & {
  readonly credential: PlatformOptions['credential'] | undefined
  /** Waits before a repetition; tests shorten it. */
  sleep?: (ms: number) => Promise<void>
  /** The `Date` of an answer (RFC 9110 section 6.6.1). */
  onDate?: (text: string) => void
}

const tries = 3
/** A server that asks for more patience than this gets an error instead. */
const longestWaitMs = 10_000

export function createHttp(options: HttpOptions): Http {
  const agents = createAgents(options)
  const limit = createRateLimit()
  const sleep = options.sleep ?? sleepReally

  async function once(request: Request, credential: HttpOptions['credential']): Promise<Answer> {
    const url = toUrl(options.apiUrl, credential, request)
    const id = randomUUID()
    const body = request.body === undefined ? undefined : JSON.stringify(request.body)
    const at = Date.now()
    const began = performance.now()
    const trace = (answer: Answer | undefined, error: AppError | undefined) =>
      options.trace(toTraceRow({ at, ms: performance.now() - began, request, url, id, body, answer, error }))
    try {
      const headers = toHeaders(credential, id, body)
      const timeoutMs = request.timeoutMs ?? 15_000
      const answer = await exchange({ url, method: request.method, headers, body, agents, timeoutMs })
      trace(answer, undefined)
      if (answer.headers.date !== undefined) options.onDate?.(answer.headers.date)
      return answer
    } catch (thrown) {
      const error = toNetworkError(thrown, url.host)
      trace(undefined, error)
      throw error
    }
  }

  const refused = (error: AppError) => {
    if (isSignInOver(error)) options.onUnauthenticated?.(error)
    return error
  }

  async function answered(request: Request): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      await limit.take()
      const { credential } = options
      const outcome = await once(request, credential).catch((error: AppError) => error)
      const waitMs = attempt < tries ? toWait(request, outcome, attempt) : undefined
      if (waitMs !== undefined) {
        await sleep(waitMs)
        continue
      }
      if (outcome instanceof AppError) throw outcome
      if (isSuccess(outcome)) return outcome
      // It left with a credential that was renewed meanwhile, and nothing was done for it.
      if (outcome.status === 401 && credential !== options.credential) continue
      throw refused(toRefusal(request, outcome, credential))
    }
  }

  return {
    async request(request, schema) {
      const answer = await answered(request)
      const parsed = schema.safeParse(parseJson(answer.text))
      if (parsed.success) return parsed.data
      const issue = parsed.error.issues[0]
      const detail = `${request.method} ${request.path}: ${issue?.path.join('.')} ${issue?.message}`
      throw new AppError('platform.malformed', {
        detail,
        requestId: toRequestId(answer),
        cause: parsed.error,
      })
    },
    send: async (request) => void (await answered(request)),
    close: agents.close,
  }
}

const isSuccess = ({ status }: Answer) => status >= 200 && status < 300
const isSignInOver = ({ status, code }: AppError) => status === 401 && code !== 'account.notPermitted'

function toRefusal(request: Request, answer: Answer, credential: HttpOptions['credential']): AppError {
  const { path } = request
  return toStatusError({
    ...answer,
    requestId: toRequestId(answer),
    credential: credential?.kind ?? 'none',
    path,
  })
}

/** How long to wait before repeating; nothing when it must not be repeated: it may have been done (contract B.5). */
function toWait(request: Request, outcome: Answer | AppError, attempt: number): number | undefined {
  if (outcome instanceof AppError) {
    const lost = request.method === 'GET' && outcome.code === 'network.unreachable' && isReset(outcome)
    return lost ? 250 * attempt : undefined
  }
  // Too many requests: it was not even looked at, so any method may be sent again.
  if (outcome.status === 429) {
    const seconds = Number(outcome.headers['retry-after'])
    const waitMs = Number.isFinite(seconds) ? seconds * 1000 : request.method === 'GET' ? 1000 : undefined
    return waitMs !== undefined && waitMs <= longestWaitMs ? waitMs : undefined
  }
  const passing = outcome.status === 502 || outcome.status === 503 || outcome.status === 504
  return request.method === 'GET' && passing && !outcome.text.includes('_NOT_CONFIGURED')
    ? 500 * attempt
    : undefined
}

/** The connection was lost on the way, as with an idle one that the server had just closed. */
function isReset(error: AppError): boolean {
  return ['ECONNRESET', 'EPIPE'].includes(toErrno(error.cause))
}

function toUrl(apiUrl: string, credential: HttpOptions['credential'], request: Request): URL {
  const root = request.path.startsWith('/auth/') || request.path === '/ping' ? '' : '/v1.0'
  const url = new URL(`${apiUrl}${root}${request.path}`)
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  // Access keys have no header form (contract B.2); the trace takes them out again.
  if (credential?.kind === 'accessKey') url.searchParams.set('accesskey', credential.accessKey)
  return url
}

function toHeaders(
  credential: HttpOptions['credential'],
  id: string,
  body: string | undefined,
): Record<string, string> {
  return {
    accept: 'application/json',
    'x-request-id': id,
    ...(credential?.kind === 'token' ? { authorization: `Bearer ${credential.token}` } : {}),
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
  }
}

function toRequestId(answer: Answer): string | undefined {
  const id = answer.headers['x-request-id']
  return typeof id === 'string' ? id : undefined
}
