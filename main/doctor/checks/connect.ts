// A TCP connection to the server: refused, dropped or taken.
import { phrase } from '../../../common/words/say.ts'
import { toNetworkError, toSaid } from '../../platform/translate.ts'
import { type CheckRow, failed, hostOf, passed, portOf } from '../check.ts'
import { openConnection } from '../wire.ts'

export const connect: CheckRow = {
  id: 'connect',
  after: ['adapters', 'name', 'proxy'],
  async look(look) {
    const { apiUrl } = look.target
    const place = `${hostOf(apiUrl)}:${portOf(apiUrl)}`
    const startedAt = performance.now()
    try {
      const socket = await openConnection(apiUrl, look)
      const ms = Math.round(performance.now() - startedAt)
      const at = socket.remoteAddress ?? ''
      socket.destroy()
      return passed(phrase('{place} answers after {ms, number} ms', { place, ms }), [
        { name: phrase('Address'), value: at },
      ])
    } catch (thrown) {
      const code = toSaid(thrown)
      const says =
        code === 'ECONNREFUSED'
          ? phrase('{place} refuses the connection', { place })
          : phrase('{place} does not take the connection', { place })
      return failed(says, toNetworkError(thrown, place), code === 'ECONNREFUSED' ? 'certain' : 'likely', [
        { name: phrase('Seen'), value: code },
      ])
    }
  },
}
