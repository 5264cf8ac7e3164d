// IPv6, where the server has such an address: a network that hands it out and does not carry it costs time at each connection.
import { AppError } from '../../../common/kit/errors.ts'
import { phrase } from '../../../common/words/say.ts'
import { toSaid } from '../../platform/translate.ts'
import { type CheckRow, passed, portOf, skipped, warned } from '../check.ts'
import { connectTo } from '../wire.ts'

export const ipv6: CheckRow = {
  id: 'ipv6',
  after: ['adapters', 'name'],
  async look(look) {
    const six = look.known.addresses?.find(({ family }) => family === 6)?.address
    if (six === undefined) return skipped(phrase('The server has no IPv6 address'))
    if (look.known.proxy) return skipped(phrase('Connections go through the proxy'))
    const isHere = look.machine.adapters().some(({ internal, address }) => !internal && isGlobal(address))
    if (!isHere && six !== '::1') return skipped(phrase('This machine has no IPv6 address of its own'))
    try {
      const socket = await connectTo(six, portOf(look.target.apiUrl), look)
      socket.destroy()
      return passed(phrase('The server answers over IPv6'), [{ name: phrase('Address'), value: six }])
    } catch (thrown) {
      const error = new AppError('doctor.ipv6Broken', { detail: `${six}: ${toSaid(thrown)}` })
      return warned(phrase('The server does not answer over IPv6'), error, 'likely', [
        { name: phrase('Address'), value: six },
      ])
    }
  },
}

/** 2000::/3 (RFC 4291 section 2.4). */
const isGlobal = (address: string) => /^[23][0-9a-f]{3}:/i.test(address)
