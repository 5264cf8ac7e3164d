// Foreign failures of the API become AppErrors here: by reason first, then by status (contract B.5).
import { z } from 'zod'
import { AppError, type ErrorCode } from '../../common/kit/errors.ts'
import { redactText } from '../../common/kit/redact.ts'
import { UntrustedError } from './tls.ts'

const byReason: Record<string, ErrorCode> = {
  AUTHENTICATION_REQUIRED: 'account.rejected',
  INVALID_CREDENTIALS: 'account.rejected',
  INSUFFICIENT_BALANCE: 'account.balance',
  PERMISSION_DENIED: 'account.notPermitted',
  AGENT_AUTH_REQUIRED: 'account.notPermitted',
  DIRECT_ACCESS_NOT_SUPPORTED: 'account.notPermitted',
  ACCOUNT_FROZEN: 'account.frozen',
  IDENTITY_VERIFICATION_REQUIRED: 'account.identity',
  RATE_LIMIT_EXCEEDED: 'platform.rateLimited',
  STT_NOT_CONFIGURED: 'platform.noSpeechToText',
}

const byStatus: Record<number, ErrorCode> = {
  400: 'platform.badRequest',
  401: 'account.rejected',
  402: 'account.balance',
  403: 'account.notPermitted',
  404: 'platform.notFound',
  408: 'network.timeout',
  409: 'platform.conflict',
  422: 'platform.badRequest',
  429: 'platform.rateLimited',
  500: 'platform.broken',
  502: 'platform.unavailable',
  503: 'platform.unavailable',
  504: 'platform.unavailable',
}

const Envelope = z.object({
  error: z.object({
    status: z.string().catch(''),
    reason: z.string().catch(''),
    message: z.string().catch(''),
    request_id: z.string().optional().catch(undefined),
    details: z.array(z.record(z.string(), z.unknown())).catch([]),
  }),
})

export interface FailedAnswer {
  status: number
  text: string
  requestId: string | undefined
  /** JWTs and access keys fail in different words. */
  credential: 'accessKey' | 'token' | 'none'
  path: string
}

/** The platform's reason, for the trace and for decisions; empty when it gave none. */
export function readReason(text: string): string {
  const envelope = Envelope.safeParse(parseJson(text))
  return envelope.success ? envelope.data.error.reason : ''
}

/** An answer that is not 2xx. */
export function toStatusError(answer: FailedAnswer): AppError {
  const { status, text } = answer
  const envelope = Envelope.safeParse(parseJson(text))
  const error = envelope.success ? envelope.data.error : undefined
  const code = toCode(answer, error?.reason ?? '')
  const words = [
    status,
    error?.reason || error?.status,
    error?.message,
    toFrozen(error?.details[0]),
    toLimit(error?.details[0]),
  ]
  return new AppError(code, {
    status,
    requestId: error?.request_id ?? answer.requestId,
    detail: redactText(words.filter(Boolean).join(' ')).slice(0, 300),
  })
}

function toCode(answer: FailedAnswer, reason: string): ErrorCode {
  const { status, text, credential, path } = answer
  // A redirect or a page in HTML: something else listens here, such as a proxy or a login page.
  if (status >= 300 && status < 400) return 'platform.malformed'
  if (status < 500 && text.trimStart().startsWith('<')) return 'platform.malformed'
  // Keys have no agent: these resources are closed to them, the key itself is fine (contract B.4).
  if (status === 401 && credential === 'accessKey' && path.startsWith('/service_agents'))
    return 'account.notPermitted'
  const code = byReason[reason] ?? byStatus[status]
  if (code === 'account.rejected' && credential === 'token') return 'account.expired'
  return code ?? (status >= 500 ? 'platform.broken' : 'platform.badRequest')
}

/** Contract I.11: when the deletion was asked for, when it is final, and where it can be taken back. */
function toFrozen(details: Record<string, unknown> | undefined): string {
  const text = (name: string) => {
    const value = details?.[name]
    return typeof value === 'string' ? value : ''
  }
  const day = (name: string) => text(name).slice(0, 10)
  const back = text('recovery_endpoint')
  const parts = [
    day('deletion_scheduled_at') && `deletion asked for on ${day('deletion_scheduled_at')}`,
    day('deletion_effective_at') && `final on ${day('deletion_effective_at')}`,
    back && `taken back at ${back}`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** Contract B.6: whether this address or the whole customer was too fast. */
function toLimit(details: Record<string, unknown> | undefined): string {
  const by = details?.limited_by
  return typeof by === 'string' ? `limited by ${by}` : ''
}

const networkCodes: Record<string, ErrorCode> = {
  ENOTFOUND: 'network.nameUnknown',
  EAI_AGAIN: 'network.nameUnknown',
  ECONNREFUSED: 'network.refused',
  ETIMEDOUT: 'network.timeout',
  EPROTO: 'network.unreachable',
}

const certificateCode = /^(DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_|ERR_TLS_CERT)/

/** No answer at all: name, port, TLS, time. `where` is the host. */
export function toNetworkError(thrown: unknown, where: string): AppError {
  if (thrown instanceof AppError) return thrown
  if (thrown instanceof UntrustedError)
    return new AppError('network.untrusted', { detail: thrown.message, cause: thrown })
  const code = toErrno(firstOf(thrown))
  const known = certificateCode.test(code) ? 'network.untrusted' : networkCodes[code]
  return new AppError(known ?? 'network.unreachable', {
    detail: redactText(`${where}: ${toSaid(thrown)}`),
    cause: thrown,
  })
}

/** A dual-stack connect that fails on every address throws them all at once. */
const firstOf = (thrown: unknown): unknown =>
  thrown instanceof AggregateError ? (thrown.errors[0] ?? thrown) : thrown

/** `ECONNRESET` and its like, or else what the error says in words. */
export function toSaid(thrown: unknown): string {
  const first = firstOf(thrown)
  return toErrno(first) || (first instanceof Error ? first.message : String(first))
}

/** `ECONNRESET` and its like, or an empty text. */
export function toErrno(thrown: unknown): string {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : ''
  return typeof code === 'string' ? code : ''
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
