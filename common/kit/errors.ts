// Every failure the companion can name, in one table: its code, whether it is retried, what happened, why, what to do.
import { accountErrors } from './errors/account.ts'
import { appErrors } from './errors/app.ts'
import { doctorErrors } from './errors/doctor.ts'
import { historyErrors } from './errors/history.ts'
import { mediaErrors } from './errors/media.ts'
import { networkErrors } from './errors/network.ts'
import { numberErrors } from './errors/numbers.ts'
import { platformErrors } from './errors/platform.ts'
import { profileErrors } from './errors/profile.ts'
import { recordErrors } from './errors/record.ts'
import type { Retry } from './errors/row.ts'
import { sandboxErrors } from './errors/sandbox.ts'
import { sipErrors } from './errors/sip.ts'
import { webhookErrors } from './errors/webhook.ts'

/** The rows stand by area in `errors/`, so that each file reads in one go. */
export const errorTable = {
  ...accountErrors,
  ...networkErrors,
  ...sandboxErrors,
  ...platformErrors,
  ...sipErrors,
  ...numberErrors,
  ...mediaErrors,
  ...webhookErrors,
  ...profileErrors,
  ...historyErrors,
  ...recordErrors,
  ...doctorErrors,
  ...appErrors,
} as const

export type ErrorCode = keyof typeof errorTable

/** The longer story of an error: its section of the troubleshooting page. */
export const helpOf = (code: ErrorCode) => `docs/troubleshooting.md#${errorTable[code].help}`

/** An error as data: what crosses the bridge, stands in a state and is shown on screen. */
export interface ErrorData {
  code: ErrorCode
  say: string
  remedy: string
  retry: Retry
  /** What the foreign side said, redacted: a status line, a reason, a host. */
  detail?: string | undefined
  /** X-Request-Id of the platform's answer (contract B.5). */
  requestId?: string | undefined
  /** HTTP or SIP status. */
  status?: number | undefined
}

interface ErrorMore {
  detail?: string | undefined
  requestId?: string | undefined
  status?: number | undefined
  cause?: unknown
}

/** The only error that features throw. `cause` keeps the foreign original. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: string | undefined
  readonly requestId: string | undefined
  readonly status: number | undefined

  constructor(code: ErrorCode, more: ErrorMore = {}) {
    super(`${errorTable[code].say}${more.detail ? ` (${more.detail})` : ''}`, { cause: more.cause })
    this.name = 'AppError'
    this.code = code
    this.detail = more.detail
    this.requestId = more.requestId
    this.status = more.status
  }

  get retry(): Retry {
    return errorTable[this.code].retry
  }

  toData(): ErrorData {
    const { say, remedy, retry } = errorTable[this.code]
    const data: ErrorData = { code: this.code, say, remedy, retry }
    if (this.detail !== undefined) data.detail = this.detail
    if (this.requestId !== undefined) data.requestId = this.requestId
    if (this.status !== undefined) data.status = this.status
    return data
  }
}

/** Any thrown thing as an AppError; what is not ours becomes `app.unexpected` with its message as detail. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const detail = thrown instanceof Error ? thrown.message : String(thrown)
  return new AppError('app.unexpected', { detail, cause: thrown })
}

/**
 * A create without an answer that can be read: it may have been done all the same, because the back end of the platform
 * carries on when the front, the network or a proxy has given up (contract B.5). Look first; never send it again blindly.
 */
export function isUnanswered({ code }: Pick<AppError, 'code'>): boolean {
  return unanswered.has(code)
}

/** Refused, unknown, untrusted: those never reached the platform. */
const unanswered: ReadonlySet<ErrorCode> = new Set([
  'network.timeout',
  'network.unreachable',
  'platform.unavailable',
  'platform.malformed',
])

/** The other way over a bridge: data back into an error. */
export function toError(data: ErrorData): AppError {
  return new AppError(data.code, { detail: data.detail, requestId: data.requestId, status: data.status })
}
