// STUN: does UDP go out and come back, and which address does the world see?
import { AppError } from '../../../common/kit/errors.ts'
import { phrase } from '../../../common/words/say.ts'
import { toSaid } from '../../platform/translate.ts'
import { type CheckRow, failed, type Look, type Outcome, passed, skipped, warned } from '../check.ts'
import { readIceAddress } from '../ice-address.ts'
import { askBinding, openUdp, toPlace } from '../stun.ts'
import { lookUp } from '../wire.ts'

interface Heard {
  server: string
  /** As the server sees us. */
  address?: string | undefined
  /** Nothing was sent to it: Node's word why. */
  unasked?: string | undefined
  /** Something came back. */
  answered: boolean
}

export const stun: CheckRow = {
  id: 'stun',
  after: ['adapters'],
  async look(look) {
    const servers = toServers(look)
    if (servers.length === 0) return skipped(phrase('No STUN or TURN server over UDP stands in Settings'))
    const heard = await askAll(servers, look)
    look.known.mapped = heard.flatMap(({ server, address }) => (address ? [{ server, address }] : []))
    return judge(heard)
  },
}

function judge(heard: Heard[]): Outcome {
  const evidence = heard.map(({ server, address, unasked, answered }) => ({
    name: server,
    value: address ?? unasked ?? (answered ? '✓' : '–'),
  }))
  const missing = heard.filter(({ answered }) => !answered)
  const detail = missing.map(({ server }) => server).join(', ')
  if (missing.length === 0) return passed(phrase('UDP goes out and comes back'), evidence)
  const silent = missing.filter(({ unasked }) => unasked === undefined)
  const says = phrase('{servers} does not answer', { servers: detail })
  const error = new AppError(silent.length > 0 ? 'doctor.stunSilent' : 'network.nameUnknown', { detail })
  if (missing.length < heard.length) return warned(says, error, 'certain', evidence)
  // One alone may be down; two that were asked and are silent lie behind the same wall.
  return silent.length > 1
    ? failed(
        phrase('No server answers over UDP'),
        new AppError('doctor.udpBlocked', { detail }),
        'likely',
        evidence,
      )
    : failed(says, error, 'possible', evidence)
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
      servers.map(async (server): Promise<Heard> => {
        const place = toPlace(server)
        try {
          const four = (await lookUp(server.host, look)).find(({ family }) => family === 4)
          if (!four) return { server: place, unasked: 'IPv6', answered: false }
          const answer = await askBinding(udp.to(four.address, server.port))
          return { server: place, address: answer?.mapped, answered: answer !== undefined }
        } catch (thrown) {
          return { server: place, unasked: toSaid(thrown), answered: false }
        }
      }),
    )
  } finally {
    udp.close()
  }
}
