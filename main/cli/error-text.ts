// A failure at the command line: what happened, its cause, what to do. Never a stack trace.
import { type ErrorData, errorTable, helpOf, toAppError } from '../../common/kit/errors.ts'

export function errorText(thrown: unknown): string {
  const error = toAppError(thrown).toData()
  const cause = error.detail ? [`Cause: ${error.detail}`] : []
  return ['', error.say, ...cause, ...adviceOf(error)].join('\n')
}

/** Why, what to do, and where the longer story stands: a line each. */
export const adviceOf = ({ code, remedy }: Pick<ErrorData, 'code' | 'remedy'>): string[] => [
  `Why: ${errorTable[code].why}`,
  `Remedy: ${remedy}`,
  `More: ${helpOf(code)}`,
]
