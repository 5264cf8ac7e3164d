// Invitations come over the connection that is registered, and over no other one (RFC 5626 section 4.3).
import { expect, it } from 'vitest'
import { keepEdges } from '../fixture/keep-edges.ts'
import { openPeer } from '../peer/peer.ts'
import { behindRelay } from './behind-relay.ts'

const here = keepEdges()

it('an INVITE over a connection that has asked and is not registered is refused, and nothing rings', async () => {
  const { edge, relay, phone } = await behindRelay(here)
  const peer = await openPeer({
    user: '+15550100',
    domain: 'platform.test',
    outboundProxy: { host: edge.host, port: edge.ports.udp },
  })
  here.add(() => peer.close())
  const [binding] = await edge.contacts('2000')
  await edge.set({ drop: 'REGISTER' })
  const since = Date.now()
  relay.cut()
  const { from } = await edge.log.next('request', { method: 'REGISTER' }, since)
  // The device is the right one, the way to it is the new socket.
  const uri = `${binding?.contact}`.replace(/alias=[\d.]+~\d+/, `alias=${String(from).replace(':', '~')}`)
  const early = await peer.call(uri)
  expect(await early.ended()).toMatchObject({ how: 'refused', status: 480 })
  expect((await phone.state()).sessions).toEqual([])

  await edge.set({ drop: undefined })
  await phone.untilRegistration('registered', ({ provenAt }) => provenAt > since)
  const call = await peer.call('sip:2000@'.concat(edge.domain))
  await call.provisional(180)
})
