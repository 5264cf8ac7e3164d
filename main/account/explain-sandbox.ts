// What a failed sign-in means in a sandbox, where the same failures have other causes than elsewhere (contract I.36 to I.40).
import { AppError, type ErrorCode } from '../../common/kit/errors.ts'
import type { SignInBy } from './account.ts'

/** The sandbox's own login (contract A.1). */
const ownUser = 'admin@localhost'

const byCode: Partial<Record<ErrorCode, ErrorCode>> = {
  'network.refused': 'sandbox.notRunning',
  'network.nameUnknown': 'sandbox.dns',
}

/** `isVoipbin` asks the address itself, when only that can tell. */
export async function explainSandbox(
  error: AppError,
  by: SignInBy,
  isVoipbin: () => Promise<boolean>,
): Promise<AppError> {
  const { detail, status, requestId } = error
  const become = (code: ErrorCode) => new AppError(code, { detail, status, requestId, cause: error })
  const known = byCode[error.code]
  if (known) return become(known)
  if (error.code === 'account.badPassword')
    return by.by === 'password' && by.username === ownUser ? become('sandbox.notReady') : error
  // It answers, but not as VoIPBIN does; or it does not even speak TLS.
  const isStrange = error.code.startsWith('platform.') || error.code === 'network.unreachable'
  return isStrange && !(await isVoipbin()) ? become('sandbox.portTaken') : error
}
