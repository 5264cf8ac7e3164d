// Practice with its SIP part switched off: the line of the real edge. Phones register at Kamailio, calls come by plain RTP.
import { randomUUID } from 'node:crypto'
import type { Line, LineOptions, LineStrings, RegisteredContact } from '../../../practice/line.ts'
import { type Edge, startEdge } from '../fixture/edge.ts'
import { openPeer } from '../peer/peer.ts'
import { createEdgeLeg, type EdgeLeg } from './edge-leg.ts'

export interface EdgeLine extends Line {
  readonly edge: Edge
}

/**
 * The domain is `<customer>.registrar.<baseDomain>`: a companion that knows practice by an address only derives it from
 * that address, so it is `localhost` for `http://localhost:…`.
 */
export async function openEdgeLine(options: LineOptions, baseDomain = 'localhost'): Promise<EdgeLine> {
  const [customer = randomUUID()] = options.domain.split('.')
  const edge = await startEdge({ domain: `${customer}.registrar.${baseDomain}` })
  const peer = await openPeer({
    user: 'platform',
    domain: 'platform.test',
    outboundProxy: { host: edge.host, port: edge.ports.udp },
  })
  const strings: LineStrings = {
    registerStatus: undefined,
    delayMs: 0,
    loss: { toPhone: 0, fromPhone: 0 },
    mute: { toPhone: false, fromPhone: false },
  }
  const legs = new Set<EdgeLeg>()
  const bindings = await mirrorBindings(edge, options.log)

  return {
    edge,
    url: edge.wssUrl,
    strings,
    contacts: (extension) => bindings.of(extension),
    refreshContacts: bindings.refresh,
    setPassword: (extension, password) =>
      password === undefined ? edge.removeUser(extension) : edge.addUser(extension, password),
    invite(invite) {
      const leg = createEdgeLeg(peer, invite, strings, options.log)
      legs.add(leg)
      leg.onChange(({ status }) => status === 'ended' && legs.delete(leg))
      return leg
    },
    cutSockets: () => {
      throw new Error('the edge cuts no sockets by itself: restart or freeze it')
    },
    async restart() {
      for (const leg of [...legs]) leg.drop()
      await edge.restart()
      bindings.clear()
    },
    async close() {
      bindings.stop()
      await peer.close()
      await edge.stop()
    },
  }
}

/** The registrar's table as practice wants to ask for it, without waiting: kept up to date by its log. */
async function mirrorBindings(edge: Edge, log: (line: string) => void) {
  const all = new Map<string, RegisteredContact[]>()
  const refresh = async (user: string) => {
    const found = await edge.contacts(user)
    all.set(
      user,
      found.map(({ contact, expires }) => ({ uri: contact, expiresAt: Date.now() + expires * 1_000 })),
    )
  }
  const stop = edge.log.watch((event) => {
    if (event.name !== 'register' || event.status !== '200') return
    const [user, uri] = [String(event.user), String(event.contact)]
    // Callable at once; how long, and whether it was a goodbye, the table tells.
    const others = (all.get(user) ?? []).filter((each) => each.uri !== uri)
    all.set(user, [...others, { uri, expiresAt: Date.now() + 60_000 }])
    refresh(user).catch((error: Error) => log(`the bindings of ${user} are unknown: ${error.message}`))
  })
  return {
    refresh,
    of: (user: string) => (all.get(user) ?? []).filter(({ expiresAt }) => expiresAt > Date.now()),
    clear: () => all.clear(),
    stop,
  }
}
