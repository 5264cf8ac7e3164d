// Who we are: the customer, the agent, and signing in by password (contract B.1, B.4).
import { AppError, toAppError } from '../../common/kit/errors.ts'
import { createHttp, type Http } from './http.ts'
import type { Platform, PlatformOptions } from './platform.ts'
import { SignedInAnswer, WireAgent, WireCustomer } from './wire/account.ts'

export function createCustomer(http: Http, agentOnly: boolean): Pick<Platform, 'customer' | 'me'> {
  const customer = (path: string) => http.request({ method: 'GET', path }, WireCustomer)
  return {
    /** An agent may not read `/customer` (contract B.4). */
    async customer() {
      if (agentOnly) return customer('/service_agents/customer')
      try {
        return await customer('/customer')
      } catch (thrown) {
        const error = toAppError(thrown)
        if (error.code !== 'account.notPermitted') throw error
        // The first error is the honest one when this way is closed too, as to access keys.
        return customer('/service_agents/customer').catch(() => Promise.reject(error))
      }
    },
    me: () => http.request({ method: 'GET', path: agentOnly ? '/service_agents/me' : '/me' }, WireAgent),
  }
}

/** The token for a user name and a password. Wrong ones answer 400 with an empty body (contract B.1). */
export async function logIn(
  options: Omit<PlatformOptions, 'credential'> & { username: string; password: string },
): Promise<string> {
  const { username, password, ...more } = options
  const http = createHttp({ ...more, credential: undefined })
  try {
    const answer = await http.request(
      { method: 'POST', path: '/auth/login', body: { username, password } },
      SignedInAnswer,
    )
    return answer.token
  } catch (thrown) {
    const error = toAppError(thrown)
    const isRefusal = error.code !== 'platform.malformed' && [400, 401, 403].includes(error.status ?? 0)
    throw isRefusal ? new AppError('account.badPassword', { status: error.status, cause: error }) : error
  } finally {
    http.close()
  }
}
