// Errors of telephone numbers: what is dialled, and what a call comes from.
import type { ErrorRows } from './row.ts'

export const numberErrors = {
  'call.numberFormat': {
    retry: 'never',
    say: 'A telephone number of this call is not written as the platform needs it.',
    why: 'It lacks the + and the country code, or has too few or too many digits (E.164).',
    remedy: 'Write it as +, country code and number, such as +49 30 123456.',
    help: 'a-dialled-call-is-refused',
  },
  'call.numberNotOwned': {
    retry: 'never',
    say: 'The number that the call should come from is not one of yours.',
    why: 'It was given back, belongs to another customer, or is a virtual one.',
    remedy: 'Choose one of your own numbers in Settings, under Numbers.',
    help: 'a-dialled-call-is-refused',
  },
} as const satisfies ErrorRows
