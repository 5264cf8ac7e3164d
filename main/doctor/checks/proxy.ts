// The proxy of this system, where the way to the server leads through one.
import { toAppError } from '../../../common/kit/errors.ts'
import { phrase } from '../../../common/words/say.ts'
import { openTunnel } from '../../platform/proxy.ts'
import { type CheckRow, failed, hostOf, passed, portOf } from '../check.ts'
import { toProxy } from '../wire.ts'

export const proxy: CheckRow = {
  id: 'proxy',
  after: ['adapters', 'name'],
  async look(look) {
    const { apiUrl } = look.target
    try {
      const found = await toProxy(apiUrl, look)
      look.known.proxy = found
      if (!found) return passed(phrase('None: connections go directly'))
      const socket = await openTunnel(found, hostOf(apiUrl), portOf(apiUrl))
      socket.destroy()
      // Only its place: its address may hold a password.
      return passed(phrase('{host} lets the connection through', { host: found.host }), [
        { name: phrase('Proxy'), value: found.host },
      ])
    } catch (thrown) {
      const error = toAppError(thrown)
      return failed(phrase('The proxy does not let the connection through'), error, 'certain', [
        { name: phrase('Proxy'), value: look.known.proxy?.host ?? error.detail ?? '' },
      ])
    }
  },
}
