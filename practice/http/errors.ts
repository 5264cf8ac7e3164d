// A refusal as the platform words it: HTTP status, reason, envelope (contract B.5).

const words: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  402: 'PAYMENT_REQUIRED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'FAILED_PRECONDITION',
  413: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
}

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly reason: string
  readonly details: ReadonlyArray<Record<string, unknown>>
  readonly headers: Record<string, string>

  constructor(
    status: number,
    reason: string,
    message: string,
    more: { details?: ReadonlyArray<Record<string, unknown>>; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.status = status
    this.reason = reason
    this.details = more.details ?? []
    this.headers = more.headers ?? {}
  }

  envelope(requestId: string) {
    return {
      error: {
        status: this.reason === 'ALREADY_EXISTS' ? 'ALREADY_EXISTS' : (words[this.status] ?? 'INTERNAL'),
        reason: this.reason,
        message: this.message,
        request_id: requestId,
        details: this.details,
      },
    }
  }
}

export const badRequest = (message: string, reason = 'INVALID_ARGUMENT') => new ApiError(400, reason, message)
export const notFound = (what: string) =>
  new ApiError(404, what ? `${what}_NOT_FOUND` : 'RESOURCE_NOT_FOUND', 'Not found.')
export const denied = () => new ApiError(403, 'PERMISSION_DENIED', 'The user has no permission.')
/** The platform's catch-all: many domain errors end here (contract B.5). */
export const internal = (message = 'Internal error.') => new ApiError(500, 'INTERNAL', message)
