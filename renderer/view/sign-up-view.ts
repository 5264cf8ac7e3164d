// Making an account as Settings shows it: which part of the form is next, and what can be pressed.
import type { RequestInput } from '../../common/bridge/table.ts'
import type { ErrorData } from '../../common/kit/errors.ts'
import type { AppState } from '../../common/model/app-state.ts'
import { say } from '../../common/words/say.ts'

export interface SignUpView {
  step: 'closed' | 'form' | 'code' | 'done'
  busy: boolean
  /** Where the code went to. */
  email: string
  error: ErrorData | undefined
  /** The address may have an account: a new password helps. */
  mayBeKnown: boolean
  hint: string | undefined
}

export function toSignUp({ signUp, settings }: AppState): SignUpView {
  const practice = settings.environment === 'practice'
  const view = {
    busy: signUp.status === 'sending' || signUp.status === 'checking',
    email: signUp.status === 'none' ? '' : signUp.email,
    error: 'error' in signUp ? signUp.error : undefined,
    mayBeKnown: signUp.status === 'failed' && /^signUp\.(refused|unanswered)$/.test(signUp.error.code),
    hint: practice
      ? say('Practice sends no e-mail: what would stand in it is in the answer, on the Trace.')
      : undefined,
  }
  switch (signUp.status) {
    case 'none':
      return { ...view, step: 'closed' }
    case 'code':
    case 'checking':
      return { ...view, step: 'code' }
    case 'done':
      return { ...view, step: 'done' }
    default:
      return { ...view, step: 'form' }
  }
}

export interface NewAccount {
  email: string
  name: string
  accepted: boolean
}

export const noAccount: NewAccount = { email: '', name: '', accepted: false }

/** Good enough to ask with: whether it is one, the e-mail itself shows. */
export const isEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim())

export function parseNewAccount({
  email,
  name,
  accepted,
}: NewAccount): RequestInput<'signUp.start'> | undefined {
  if (!isEmail(email) || !accepted) return undefined
  return { email: email.trim(), name: name.trim(), acceptedTerms: true }
}

/** The digits of what was pasted. */
export const toCode = (text: string) => text.replace(/\D/g, '').slice(0, 6)
