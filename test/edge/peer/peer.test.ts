// The tests' own user agent against itself, without an edge: what it claims to have done is seen by its other end.
import { afterEach, describe, expect, it } from 'vitest'
import { tonePcm } from '../support/tone.ts'
import { nowMs } from './facts.ts'
import { header, need } from './message.ts'
import { openPeer, type Peer, type PeerOptions } from './peer.ts'
import type { Codec } from './sdp.ts'

const domain = 'peers.test'
const open: Peer[] = []

/** Bob calls whatever reaches him by address; Ada's proxy is Bob. */
async function twoPeers(options: Partial<PeerOptions> = {}) {
  const nowhere = { host: '127.0.0.1', port: 9 }
  const bob = await openPeer({ user: 'bob', domain, outboundProxy: nowhere, ...options })
  const ada = await openPeer({ user: 'ada', domain, outboundProxy: bob.place, ...options })
  open.push(ada, bob)
  return { ada, bob }
}

async function aCall(options: Partial<PeerOptions> = {}) {
  const { ada, bob } = await twoPeers(options)
  const call = await ada.call(bob.uri)
  const invitation = await bob.nextInvitation()
  invitation.ring()
  await call.provisional(180)
  await invitation.answer()
  await call.answered()
  return { ada, bob, call, theirs: invitation.call }
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((peer) => peer.close()))
})

describe('a call between two peers', () => {
  it.each<Codec>(['PCMU', 'PCMA'])(
    'carries sound both ways in %s until the caller hangs up',
    async (codec) => {
      const { call, theirs } = await aCall({ codecs: [codec] })
      expect([call.media.codec, theirs.media.codec]).toEqual([codec, codec])
      await Promise.all([call.play(tonePcm(440, 0.5)), theirs.play(tonePcm(660, 0.5))])
      await Promise.all([call.heard.sound(), theirs.heard.sound()])
      expect(theirs.heard.level()).toBeGreaterThan(3_000)
      expect((await call.bye()).status).toBe(200)
      expect(await theirs.ended()).toMatchObject({ by: 'them', how: 'bye' })
    },
  )

  it('is hung up by the one who was called', async () => {
    const { call, theirs } = await aCall()
    await theirs.bye()
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' })
  })

  it('is refused with the status of the refusal, and the refusal is acknowledged', async () => {
    const { ada, bob } = await twoPeers()
    const call = await ada.call(bob.uri)
    const invitation = await bob.nextInvitation()
    invitation.refuse(603)
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'refused', status: 603 })
    await bob.wire.log.wait('an ACK', ({ message }) => message.kind === 'request' && message.method === 'ACK')
  })

  it('is canceled while it rings: the called one sees CANCEL, the caller 487', async () => {
    const { ada, bob } = await twoPeers()
    const call = await ada.call(bob.uri)
    const invitation = await bob.nextInvitation()
    invitation.ring()
    await call.provisional(180)
    await call.hangUp()
    await invitation.canceled()
    expect(await call.ended()).toMatchObject({ by: 'us', how: 'cancel', status: 487 })
  })

  it('is canceled in the moment in which it begins', async () => {
    const { ada, bob } = await twoPeers()
    const call = await ada.call(bob.uri)
    await call.hangUp()
    await (await bob.nextInvitation()).canceled()
    expect(await call.ended()).toMatchObject({ by: 'us', how: 'cancel', status: 487 })
  })

  it('has its offer in the 200 and its answer in the ACK when the caller made none', async () => {
    const { ada, bob } = await twoPeers()
    const call = await ada.call(bob.uri, { sdp: 'none' })
    const invitation = await bob.nextInvitation()
    expect(invitation.request.body).toBe('')
    await invitation.answer()
    await call.answered()
    await Promise.all([call.play(tonePcm(440, 0.2)), invitation.call.heard.sound()])
  })

  it('is heard before the answer with early media', async () => {
    const { ada, bob } = await twoPeers()
    const call = await ada.call(bob.uri)
    const invitation = await bob.nextInvitation()
    invitation.early()
    await call.provisional(183)
    await Promise.all([invitation.call.play(tonePcm(440, 0.2)), call.heard.sound()])
    expect(call.status).toBe('ringing')
    await invitation.answer()
    await call.answered()
  })

  it('goes silent on hold and sounds again afterwards', async () => {
    const { call, theirs } = await aCall()
    expect((await call.reinvite({ direction: 'inactive' })).status).toBe(200)
    expect(theirs.media.remote?.direction).toBe('inactive')
    const heldAt = nowMs()
    await theirs.play(tonePcm(440, 0.4))
    // Twenty packets long; one may have been on its way.
    expect(call.heard.packets.filter(({ at }) => at > heldAt).length).toBeLessThan(3)
    expect(call.heard.firstSoundAt).toBeUndefined()
    expect((await call.reinvite({ direction: 'sendrecv' })).status).toBe(200)
    await Promise.all([theirs.play(tonePcm(440, 0.2)), call.heard.sound()])
  })

  it('refuses a re-INVITE when it is told to, and lives on', async () => {
    const { call, theirs } = await aCall()
    theirs.manners.reinvite = 488
    expect((await call.reinvite({ direction: 'sendonly' })).status).toBe(488)
    expect(call.status).toBe('answered')
  })

  it('takes keys over INFO, asks for options, and records both', async () => {
    const { call, theirs } = await aCall()
    expect((await call.info('Signal=5\r\nDuration=160')).status).toBe(200)
    expect((await call.options()).status).toBe(200)
    expect((await theirs.received('INFO')).body).toContain('Signal=5')
  })
})

describe('transfers between peers', () => {
  it('follows a REFER and tells each step of it', async () => {
    const { bob, call, theirs } = await aCall()
    const carol = await openPeer({ user: 'carol', domain, outboundProxy: bob.place })
    open.push(carol)
    expect((await theirs.refer(`sip:carol@127.0.0.1:${carol.place.port}`)).status).toBe(202)
    await (await carol.nextInvitation()).answer()
    const target = await call.transferred()
    await target.answered()
    const last = await theirs.received('NOTIFY', 2)
    expect(last.body).toBe('SIP/2.0 200 OK\r\n')
    expect(header(last, 'Subscription-State')).toContain('terminated')
  })

  it('replaces the call that a Replaces header names', async () => {
    const { bob, call, theirs } = await aCall()
    const carol = await openPeer({ user: 'carol', domain, outboundProxy: bob.place })
    open.push(carol)
    const consultation = await bob.call(`sip:carol@127.0.0.1:${carol.place.port}`)
    const first = await carol.nextInvitation()
    await first.answer()
    await consultation.answered()
    await theirs.refer(`sip:carol@127.0.0.1:${carol.place.port}`, consultation)
    const second = await carol.nextInvitation()
    expect(second.replaces).toBe(first.call)
    await second.answer()
    expect(await consultation.ended()).toMatchObject({ by: 'them', how: 'bye' })
    await (await call.transferred()).answered()
  })
})

describe('the wire of a peer', () => {
  it('repeats an INVITE that was lost, and the answer to a repeated one is the same', async () => {
    const { ada, bob } = await twoPeers({ t1Ms: 20 })
    let lose = 1
    ada.wire.fault((way, message) =>
      way === 'sent' && message.kind === 'request' && message.method === 'INVITE' && lose-- > 0
        ? 'lose'
        : undefined,
    )
    const call = await ada.call(bob.uri)
    const invitation = await bob.nextInvitation()
    await invitation.answer()
    await call.answered()
    expect(bob.invitations.all).toHaveLength(1)
    expect(ada.wire.log.all.filter(({ lost }) => lost)).toHaveLength(1)
  })

  it('repeats a 200 until its ACK arrives', async () => {
    const { ada, bob } = await twoPeers({ t1Ms: 20 })
    let lose = 2
    ada.wire.fault((way, message) =>
      way === 'sent' && message.kind === 'request' && message.method === 'ACK' && lose-- > 0
        ? 'lose'
        : undefined,
    )
    const call = await ada.call(bob.uri)
    const invitation = await bob.nextInvitation()
    await invitation.answer()
    await call.answered()
    expect(ada.wire.log.all.filter(({ message }) => message.kind === 'response').length).toBeGreaterThan(2)
  })

  it('gives up on an INVITE that nobody answers', async () => {
    const { ada } = await twoPeers({ t1Ms: 5 })
    const call = await ada.call('sip:nobody@127.0.0.1:9')
    expect(await call.ended()).toMatchObject({ how: 'timeout' })
  })

  it('loses the share of the sound that it is told to lose', async () => {
    const { call, theirs } = await aCall()
    call.media.faults.loss.send = 1
    await call.play(tonePcm(440, 0.2))
    expect(theirs.heard.firstSoundAt).toBeUndefined()
    call.media.faults.loss.send = 0
    await Promise.all([call.play(tonePcm(440, 0.2)), theirs.heard.sound()])
  })
})

describe('the session timer of a peer', () => {
  it('refreshes the call at half of its interval', async () => {
    const { ada, bob } = await twoPeers()
    // Each two seconds; the other side waits for two thirds of a second more.
    const call = await ada.call(bob.uri, { sessionTimer: { seconds: 4, refresher: 'uac' } })
    const invitation = await bob.nextInvitation()
    await invitation.answer()
    const refresh = await invitation.call.received('INVITE', 2)
    expect(need(refresh, 'Session-Expires')).toBe('4;refresher=uac')
    expect(refresh.body).toBe(call.media.local)
  })

  it('hangs up a call that nobody refreshed', async () => {
    const { ada, bob } = await twoPeers()
    const call = await ada.call(bob.uri, { sessionTimer: { seconds: 1, refresher: 'uas' } })
    const invitation = await bob.nextInvitation()
    bob.wire.fault((way, message) =>
      way === 'sent' && message.kind === 'request' && message.method === 'INVITE' ? 'lose' : undefined,
    )
    await invitation.answer()
    expect(await call.ended()).toMatchObject({ by: 'us', how: 'bye' })
  })
})
