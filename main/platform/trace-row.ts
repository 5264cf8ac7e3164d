// The trace row of an API request: one line, both bodies, no secret.
import type { AppError } from '../../common/kit/errors.ts'
import { redact, redactText } from '../../common/kit/redact.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import type { Answer } from './exchange.ts'
import { parseJson, readReason } from './translate.ts'

export interface Traced {
  at: number
  ms: number
  request: { method: string; path: string }
  url: URL
  id: string
  body: string | undefined
  answer: Answer | undefined
  error: AppError | undefined
}

export function toTraceRow(traced: Traced): NewTraceRow {
  const { at, ms, request, url, answer, error } = traced
  const failed = answer === undefined || answer.status >= 400
  const callId = /^\/calls\/([^/]+)/.exec(request.path)?.[1]
  return {
    at,
    source: 'api',
    direction: 'out',
    title: `${request.method} ${toShownPath(url)}`.slice(0, 300),
    result: toResult(answer, error).slice(0, 200),
    tone: failed ? 'bad' : 'good',
    ms,
    body: toBody(traced),
    ...(callId === undefined ? {} : { callId }),
  }
}

/** Without host and without the key. */
function toShownPath(url: URL): string {
  const query = new URLSearchParams(url.searchParams)
  for (const secret of ['accesskey', 'token']) query.delete(secret)
  return redactText(`${url.pathname}${query.size > 0 ? `?${query}` : ''}`)
}

function toResult(answer: Answer | undefined, error: AppError | undefined): string {
  if (!answer) return error ? error.code : ''
  return [answer.status, readReason(answer.text)].filter(Boolean).join(' ')
}

function toBody({ url, id, body, answer, error }: Traced): string {
  const known = answer?.headers['x-request-id'] ?? id
  const parts = [`${url.host}, request id ${known}`]
  if (body !== undefined) parts.push(`→ ${toSafeText(body)}`)
  if (answer?.text) parts.push(`← ${toSafeText(answer.text)}`)
  if (error?.detail) parts.push(redactText(error.detail))
  return parts.join('\n\n').slice(0, 32_768)
}

/** JSON is redacted by field names, the rest by patterns; whole, so that no cut hides the end of a secret from them. */
export function toSafeText(text: string): string {
  const parsed = text.length > 200_000 ? undefined : parseJson(text)
  return parsed === undefined ? redactText(text) : JSON.stringify(redact(parsed), null, 2)
}
