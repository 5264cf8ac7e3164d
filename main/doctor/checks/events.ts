// The way for events: does a WebSocket handshake reach the platform? It refuses who is not signed in, and that is proof enough.
import { AppError } from '../../../common/kit/errors.ts'
import { phrase } from '../../../common/words/say.ts'
import { isLoopback } from '../../platform/proxy.ts'
import { toNetworkError } from '../../platform/translate.ts'
import { type CheckRow, failed, hostOf, passed, skipped } from '../check.ts'
import { askUpgrade, openFor } from '../wire.ts'

export const events: CheckRow = {
  id: 'events',
  after: ['api'],
  async look(look) {
    // Contract E.1.
    const url = new URL('/v1.0/ws', look.target.apiUrl)
    try {
      const { status, headers } = await askUpgrade(url, await openFor(url, look), look)
      const evidence = [
        { name: phrase('Answer'), value: `${status} ${headers['content-type'] ?? ''}`.trim() },
      ]
      // The platform refuses who is not signed in before it looks at the upgrade (contract E.1): only where nobody can have
      // taken the upgrade off on the way is its refusal a proof.
      const isRefusal = status === 401 && !/html/.test(headers['content-type'] ?? '')
      if (status === 101 || (isRefusal && (look.known.isEndToEnd || isLoopback(hostOf(url)))))
        return passed(phrase('The handshake reaches the platform'), evidence)
      if (isRefusal) return skipped(phrase('Whether the upgrade gets through is seen after signing in only'))
      const error = new AppError('doctor.upgradeLost', { detail: `${url.host}: ${status}`, status })
      return failed(phrase('The handshake is answered with {status}', { status }), error, 'likely', evidence)
    } catch (thrown) {
      // The API answers on the same address: only the handshake is cut.
      const { detail } = toNetworkError(thrown, hostOf(url))
      return failed(phrase('The handshake is cut'), new AppError('doctor.upgradeLost', { detail }), 'likely')
    }
  },
}
