// STUN: does UDP go out and come back, and which address does the world see?
import { AppError } from '../../../common/kit/errors.ts'
import { phrase } from '../../../common/words/say.ts'
import { type CheckRow, failed, type Look, passed, skipped, warned } from '../check.ts'
import { readIceAddress } from '../ice-address.ts'
import { askBinding, openUdp, toPlace } from '../stun.ts'

interface Heard {
  server: string
  address: string | undefined
}

export const stun: CheckRow = {
  id: 'stun',
  after: ['adapters'],
  async look(look) {
    const servers = toServers(look)
    if (servers.length === 0) return skipped(phrase('No STUN or TURN server over UDP stands in Settings'))
    const heard = await askAll(servers, look)
    look.known.mapped = heard.flatMap(({ server, address }) => (address ? [{ server, address }] : []))
    const evidence = heard.map(({ server, address }) => ({
      name: server,
      value: address ?? '–',
    }))
    const silent = heard.filter(({ address }) => address === undefined).map(({ server }) => server)
    const detail = silent.join(', ')
    if (silent.length === 0) return passed(phrase('UDP goes out and comes back'), evidence)
    const error = new AppError('doctor.stunSilent', { detail })
    if (silent.length < heard.length)
      return warned(phrase('{servers} does not answer', { servers: detail }), error, 'certain', evidence)
    // One alone may be down; two that are silent at once lie behind the same wall.
    return heard.length > 1
      ? failed(
          phrase('No server answers over UDP'),
          new AppError('doctor.udpBlocked', { detail }),
          'likely',
          evidence,
        )
      : failed(phrase('{servers} does not answer', { servers: detail }), error, 'possible', evidence)
  },
}

/** TURN servers answer to a binding as well (RFC 8656 section 3). */
function toServers({ target }: Look) {
  const all = target.iceServers
    .flatMap(({ urls }) => readIceAddress(urls) ?? [])
    .filter(({ way }) => way === 'udp')
  return all.filter((one, at) => all.findIndex((other) => toPlace(other) === toPlace(one)) === at)
}

async function askAll(servers: ReturnType<typeof toServers>, look: Look): Promise<Heard[]> {
  const udp = await openUdp(look)
  try {
    return await Promise.all(
      servers.map(async (server) => {
        const found = await look.machine.lookup(server.host).catch(() => [])
        const four = found.find(({ family }) => family === 4)
        const answer = four && (await askBinding(udp.to(four.address, server.port)))
        return { server: toPlace(server), address: answer?.mapped }
      }),
    )
  } finally {
    udp.close()
  }
}
