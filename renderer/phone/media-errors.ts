// What the browser says when it has no microphone for us, in our words.
import { AppError } from '../../common/kit/errors.ts'

/** Names are those of getUserMedia (W3C Media Capture section 10.3). */
export function toMicrophoneError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const name = nameOf(thrown)
  const detail = thrown instanceof Error && thrown.message ? `${name}: ${thrown.message}` : name
  const more = { detail, cause: thrown }
  if (name === 'NotAllowedError' || name === 'SecurityError' || name === 'PermissionDeniedError') {
    return new AppError('media.micDenied', more)
  }
  // NotReadable: another program holds it or the hardware fails; for the person it is not there.
  return new AppError('media.micMissing', more)
}

/** The chosen device is gone; another one may do. */
export function isDeviceGone(thrown: unknown): boolean {
  return ['NotFoundError', 'OverconstrainedError', 'NotReadableError', 'AbortError'].includes(nameOf(thrown))
}

function nameOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown ? String(thrown.name) : 'unknown'
}
