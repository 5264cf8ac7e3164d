// A failure at the command line: what happened, its cause, what to do. Never a stack trace.
import { errorTable, helpOf, toAppError } from '../../common/kit/errors.ts'

export function errorText(thrown: unknown): string {
  const { code, say, remedy, detail } = toAppError(thrown).toData()
  const cause = detail ? [`Cause: ${detail}`] : []
  return [
    '',
    say,
    ...cause,
    `Why: ${errorTable[code].why}`,
    `Remedy: ${remedy}`,
    `More: ${helpOf(code)}`,
  ].join('\n')
}
