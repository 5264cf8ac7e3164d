// A failure at the command line: what happened, its cause, what to do. Never a stack trace.
import { toAppError } from '../../common/kit/errors.ts'

export function errorText(thrown: unknown): string {
  const { say, remedy, detail } = toAppError(thrown).toData()
  return ['', say, ...(detail ? [`Cause: ${detail}`] : []), `Remedy: ${remedy}`].join('\n')
}
