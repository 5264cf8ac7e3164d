// Making an account, in both of the ways that servers have (contract B.3). No credential yet, and failures without a body.
import { AppError, isUnanswered, toAppError } from '../../common/kit/errors.ts'
import { createHttp, type Http } from './http.ts'
import type { PlatformOptions } from './platform.ts'
import { SignUpAnswer } from './wire/account.ts'

export type SignUpOptions = Omit<PlatformOptions, 'credential'>

/** What the server wants next: nothing more than the link in the e-mail, or the six digits. */
export type SignUpStarted = { finish: 'link'; accessKey: string } | { finish: 'code'; tempToken: string }

/** What a person can do about it differs, so does the code: contract I.1 to I.4. */
export interface SignUpClient {
  start(input: { email: string; name: string }): Promise<SignUpStarted>
  /** Resolves with the access key. */
  confirm(input: { tempToken: string; code: string }): Promise<string>
  forgotPassword(email: string): Promise<void>
}

export function createSignUpClient(options: () => SignUpOptions): SignUpClient {
  const withHttp = async <T>(use: (http: Http) => Promise<T>): Promise<T> => {
    const http = createHttp({ ...options(), credential: undefined })
    return use(http).finally(http.close)
  }
  const post = (path: string, body: unknown, translate: (error: AppError) => AppError) =>
    withHttp((http) => http.request({ method: 'POST', path, body }, SignUpAnswer)).catch(
      (thrown: unknown) => {
        throw translate(toUnanswered(toAppError(thrown)))
      },
    )
  return {
    async start({ email, name }) {
      const body = { email, accepted_tos: true, ...(name === '' ? {} : { name }) }
      const answer = await post('/auth/signup', body, toStartError)
      if (answer.accessKey) return { finish: 'link', accessKey: answer.accessKey }
      if (answer.tempToken) return { finish: 'code', tempToken: answer.tempToken }
      // 200 with nothing in it: the platform tells nobody which addresses it knows (contract I.1).
      throw new AppError('signUp.refused')
    },
    async confirm({ tempToken, code }) {
      const body = { temp_token: tempToken, code }
      const answer = await post('/auth/complete-signup', body, toConfirmError)
      if (answer.accessKey) return answer.accessKey
      throw new AppError('platform.malformed', { detail: 'no access key in the answer' })
    },
    forgotPassword: (email) =>
      withHttp((http) =>
        http.send({ method: 'POST', path: '/auth/password-forgot', body: { username: email } }),
      ),
  }
}

/** Something may have been made: to ask again blindly could lose it (contract B.5). */
function toUnanswered(error: AppError): AppError {
  const { code, detail, status, requestId } = error
  return isUnanswered(error) && code !== 'platform.malformed'
    ? new AppError('signUp.unanswered', { detail, status, requestId, cause: error })
    : error
}

function toStartError(error: AppError): AppError {
  if (error.code === 'platform.malformed') return error
  const { detail, status, requestId } = error
  const more = { detail, status, requestId, cause: error }
  if (status === 404) return new AppError('signUp.notOffered', more)
  if (status === 400 || status === 409 || status === 422) return new AppError('signUp.refused', more)
  return error
}

function toConfirmError(error: AppError): AppError {
  if (error.code === 'platform.malformed') return error
  const { detail, status, requestId } = error
  const more = { detail, status, requestId, cause: error }
  if (status === 400) return new AppError('signUp.wrongCode', more)
  if (status === 429) return new AppError('signUp.tooManyTries', more)
  if (status === 404) return new AppError('signUp.confirmByLink', more)
  return error
}
