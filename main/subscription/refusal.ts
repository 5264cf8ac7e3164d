// Why events are refused, in the words of events.
import { AppError } from '../../common/kit/errors.ts'

/** A refusal of the sign-in is none of the topics, and has another way out. */
export function toRefusal(cause: AppError): AppError {
  if (!/^account\.(expired|rejected|keyEnded)$/.test(cause.code)) return cause
  const { detail, requestId, status } = cause
  return new AppError('events.signedOut', { detail, requestId, status, cause })
}
