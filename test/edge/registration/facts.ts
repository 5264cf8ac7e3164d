// What the registration tests ask the real edge: whose socket a binding names, and whether a request gets through.
import type { Edge } from '../fixture/edge.ts'
import { openPeer } from '../peer/peer.ts'

export const ada = { user: '2000', password: 'pa"ss-1' }
export const users = { [ada.user]: ada.password }

/** REGISTER requests of an extension so far. */
export const registers = (edge: Edge, user = ada.user) =>
  edge.log.find('request', { method: 'REGISTER', user })

/** The status that somebody on UDP gets who asks the extension for a sign of life: 200 only from the phone itself. */
export async function askFromOutside(edge: Edge, user = ada.user): Promise<number> {
  const outboundProxy = { host: edge.host, port: edge.ports.udp }
  const peer = await openPeer({ outboundProxy, user: 'outside', domain: 'platform.voipbin.test' })
  try {
    return (await peer.request('OPTIONS', `sip:${user}@${edge.domain}`)).status
  } finally {
    await peer.close()
  }
}
