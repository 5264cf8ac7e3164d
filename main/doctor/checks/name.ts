// The server's name: does it resolve, and to what?
import { isIP } from 'node:net'
import { AppError } from '../../../common/kit/errors.ts'
import { phrase } from '../../../common/words/say.ts'
import { toSaid } from '../../platform/translate.ts'
import { type CheckRow, failed, hostOf, passed, skipped } from '../check.ts'
import { lookUp, toProxy } from '../wire.ts'

export const name: CheckRow = {
  id: 'name',
  after: ['adapters'],
  async look(look) {
    const host = hostOf(look.target.apiUrl)
    if (isIP(host)) {
      look.known.addresses = [{ address: host, family: isIP(host) }]
      return passed(phrase('The address is a number; there is no name to resolve'))
    }
    try {
      const found = await lookUp(host, look)
      look.known.addresses = found
      return passed(
        phrase('{host} has {n, plural, one {# address} other {# addresses}}', { host, n: found.length }),
        [{ name: phrase('Addresses'), value: found.map(({ address }) => address).join(', ') }],
      )
    } catch (thrown) {
      // With a proxy it is the proxy's business to know the name.
      if (await toProxy(look.target.apiUrl, look).catch(() => undefined))
        return skipped(phrase('Not known here; the proxy of this system resolves it'))
      const code = toSaid(thrown)
      const isSilent = code === 'EAI_AGAIN' || code === 'ETIMEOUT' || code === 'ESERVFAIL'
      const error = new AppError(isSilent ? 'doctor.nameServerSilent' : 'network.nameUnknown', {
        detail: `${host}: ${code}`,
      })
      return failed(phrase('{host} cannot be resolved', { host }), error, isSilent ? 'likely' : 'certain')
    }
  },
}
