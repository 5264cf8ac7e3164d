// TURN: does each relay of the settings really give one, over UDP, TCP and TLS?
import { AppError } from '../../../common/kit/errors.ts'
import type { Phrase } from '../../../common/words/placeholders.ts'
import { phrase } from '../../../common/words/say.ts'
import { type CheckRow, failed, type Outcome, passed, skipped, warned } from '../check.ts'
import { type IceAddress, readIceAddress } from '../ice-address.ts'
import { askRelay, type Relay } from '../stun.ts'

interface Tried {
  urls: string
  server: IceAddress
  relay: Relay
}

export const turn: CheckRow = {
  id: 'turn',
  after: ['adapters'],
  async look(look) {
    const servers = look.target.iceServers.flatMap(({ urls, username, credential }) => {
      const server = readIceAddress(urls)
      if (server?.kind !== 'turn' || username === undefined || credential === undefined) return []
      return [{ urls, server, username, password: credential }]
    })
    const isNamed = look.target.iceServers.some(({ urls }) => readIceAddress(urls)?.kind === 'turn')
    if (servers.length === 0 && isNamed)
      return skipped(phrase('The password of the TURN server was not given'))
    if (servers.length === 0) return skipped(phrase('No TURN server stands in Settings'))
    const tried = await Promise.all(
      servers.map(async ({ urls, server, ...login }) => ({
        urls,
        server,
        relay: await askRelay(server, login, look),
      })),
    )
    return judge(tried)
  },
}

function judge(tried: Tried[]): Outcome {
  const evidence = tried.map(({ urls, relay }) => ({
    name: urls,
    value: relay.came === 'relay' ? `relay ${relay.address}` : relay.why,
  }))
  const bad = tried.filter(({ relay }) => relay.came !== 'relay')
  if (bad.length === 0) return passed(phrase('Every relay works'), evidence)
  const [first] = bad
  const works = tried.filter(({ relay }) => relay.came === 'relay')
  // Over UDP silence, over TCP or TLS a relay: the network, not the server.
  const isUdpDead = bad.every(({ server, relay }) => server.way === 'udp' && relay.came === 'silent')
  const detail = bad.map(({ urls }) => urls).join(', ')
  if (isUdpDead && works.some(({ server }) => server.way !== 'udp'))
    return warned(
      phrase('Relays work over TCP or TLS only'),
      new AppError('doctor.udpBlocked', { detail }),
      'certain',
      evidence,
    )
  const error = toError(first?.relay, detail)
  const says: Phrase = phrase('{servers} gives no relay', { servers: detail })
  return works.length > 0 ? warned(says, error, 'likely', evidence) : failed(says, error, 'likely', evidence)
}

function toError(relay: Relay | undefined, place: string): AppError {
  const detail = relay && relay.came !== 'relay' ? `${place}: ${relay.why}` : place
  if (relay?.came === 'untrusted') return new AppError('network.untrusted', { detail })
  if (relay?.came === 'login') return new AppError('doctor.turnLogin', { detail })
  if (relay?.came === 'refused') return new AppError('doctor.turnRefused', { detail })
  return new AppError('doctor.turnUnreachable', { detail })
}
