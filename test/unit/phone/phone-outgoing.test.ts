// Calls that are dialled here, over a fake wire.
import { describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { AppError } from '../../../common/kit/errors.ts'
import { initialPhoneState, type PhoneState } from '../../../common/model/phone.ts'
import { dial } from '../../../renderer/phone/dialler.ts'
import { toSipIdentity } from '../../../renderer/phone/identity.ts'
import { usualPatience } from '../../../renderer/phone/patience.ts'
import { createSessionBoard } from '../../../renderer/phone/session-board.ts'
import { createSipEndpoint } from '../../../renderer/phone/user-agent.ts'
import { createFakeEdge, goodOffer, header, reply } from '../../support/fake-edge.ts'
import { createFakeMedia } from '../../support/fake-media.ts'
import { createPhones, domain, given } from '../../support/phone-on-edge.ts'

const phones = createPhones()

const registered = async () => {
  const t = phones.phoneOn()
  await t.start()
  return t
}
const toBen = async () => {
  const t = await registered()
  const { ben, dialled } = await t.dial('2001')
  if (!ben) throw new Error('no INVITE left')
  return { ...t, ben, id: await dialled }
}
const proxyChallenge = (realm: string) =>
  `Proxy-Authenticate: Digest realm="${realm}", nonce="fedcba9876543210fedcba9876543210", algorithm=MD5, qop="auth"`

describe('dialling', () => {
  it.each([
    ['2001', `sip:2001@${domain}`],
    ['+1 555-0100', `sip:+15550100@${domain}`],
    ['sip:ada@Pbx.example:5070;transport=udp?Subject=x', 'sip:ada@pbx.example:5070'],
    ['*97#', `sip:*97%23@${domain}`],
    [
      'agent:5e4a0680-804e-11ec-8477-2fea5968d85b',
      `sip:agent%3A5e4a0680-804e-11ec-8477-2fea5968d85b@${domain}`,
    ],
  ])('%s is an INVITE to %s', async (target, uri) => {
    const t = await registered()
    await t.dial(target)
    const invite = t.edge.last('INVITE') ?? ''
    expect(invite.split('\r\n')[0]).toBe(`INVITE ${uri} SIP/2.0`)
    expect(header(invite, 'To')).toContain(`<${uri}>`)
    expect(header(invite, 'From')).toContain(`sip:2000@${domain}`)
    expect(header(invite, 'Contact')).toContain(t.contactUri())
    expect(header(invite, 'Content-Type')).toBe('application/sdp')
    expect(t.session()).toMatchObject({ direction: 'outgoing', status: 'dialing' })
  })

  it('refuses what is no address, and dials nothing while not registered', async () => {
    const t = phones.phoneOn()
    await expect(t.phone.dial('2001')).rejects.toMatchObject({ code: 'sip.notRegistered' })
    await t.start()
    await expect(t.phone.dial('sips:x@y')).rejects.toMatchObject({ code: 'app.inputInvalid' })
    expect(t.edge.count('INVITE')).toBe(0)
    expect(t.phone.store.getState().sessions).toEqual([])
  })

  it('without a microphone calls nobody, and says why', async () => {
    const t = await registered()
    t.media.microphoneError = new AppError('media.micDenied')
    const { dialled } = await t.dial('2001')
    await expect(dialled).rejects.toMatchObject({ code: 'media.micDenied' })
    expect(t.edge.count('INVITE')).toBe(0)
    expect(t.session()).toMatchObject({ outcome: 'failed', error: { code: 'media.micDenied' } })
    expect(t.media.steps).toContain('closed')
  })

  it('without a microphone leaves no call behind in the user agent', async () => {
    const edge = createFakeEdge(domain)
    const media = createFakeMedia()
    media.microphoneError = new AppError('media.micDenied')
    const note = () => {}
    const board = createSessionBoard({
      store: createStore<PhoneState>(() => initialPhoneState),
      media: media.kit,
      reports: { sound: () => {}, trace: () => {} },
      note,
      isRegistered: () => true,
    })
    const endpoint = await createSipEndpoint({
      start: given,
      identity: toSipIdentity(given.instanceId),
      createSocket: edge.createSocket,
      report: () => {},
      ringMs: 75_000,
      onInvite: () => {},
      describe: (session) => board.describe(session),
    })
    const { userAgent } = endpoint
    const contact = { user: 'me', host: 'here.invalid' }
    const line = { ...given, userAgent, media: media.kit, contact, dialMs: 90_000 }
    const dialled = dial(board, line, '2001')
    await expect(dialled).rejects.toMatchObject({ code: 'media.micDenied' })
    await vi.advanceTimersByTimeAsync(20)
    expect(Reflect.get(userAgent, '_sessions')).toEqual({})
    await endpoint.dispose()
  })

  it('answers the 407 of our own domain and leaves the one of a stranger', async () => {
    const t = await toBen()
    t.edge.say(t.ben.answer('407 Proxy Authentication Required', { headers: [proxyChallenge(domain)] }))
    await t.settle()
    const again = t.edge.last('INVITE') ?? ''
    expect(header(again, 'Proxy-Authorization')).toContain(`realm="${domain}"`)
    t.edge.say(reply(again, '407 Proxy Authentication Required', [proxyChallenge('toll.example')]))
    await t.settle()
    expect(t.edge.count('INVITE')).toBe(2)
    expect(t.session()).toMatchObject({
      outcome: 'refused',
      sipStatus: 407,
      error: { code: 'call.notAllowed' },
    })
  })
})

describe('until the answer', () => {
  it('shows trying, ringing and queueing, and people hear each other from the 200 on', async () => {
    const t = await toBen()
    t.edge.say(t.ben.answer('100 Trying'))
    await t.settle()
    expect(t.session()).toMatchObject({ status: 'dialing' })
    t.edge.say(t.ben.answer('182 Queued'))
    await t.settle()
    expect(t.session()).toMatchObject({ status: 'dialing', progress: 182 })
    t.edge.say(t.ben.answer('180 Ringing'))
    await t.settle()
    expect(t.session()).toMatchObject({ status: 'ringing', progress: 180 })
    expect(t.media.steps).toEqual(['prepare', 'ring back'])
    t.edge.say(t.ben.answer('180 Ringing'))
    await t.settle()
    t.edge.say(t.ben.answer('200 OK', { body: goodOffer }))
    await t.settle()
    expect(t.session()).toMatchObject({ status: 'established', answeredAt: Date.now() - 20 })
    expect(t.media.steps).toEqual(['prepare', 'ring back', 'start', 'ring back ended'])
    expect(t.edge.count('ACK')).toBe(1)
    expect(t.phone.store.getState().front).toBe(t.id)
    t.edge.say(t.ben.within('BYE', 7))
    await t.settle()
    expect(t.answersTo('BYE')).toEqual(['200'])
    expect(t.session()).toMatchObject({ outcome: 'hungUpByThem' })
  })

  it('sound before the answer is played, the microphone stays closed until the answer', async () => {
    const t = await toBen()
    t.edge.say(t.ben.answer('183 Session Progress', { body: goodOffer }))
    await t.settle()
    expect(t.session()).toMatchObject({ status: 'dialing', progress: 183, earlyMedia: true })
    expect(t.media.steps).toEqual(['prepare', 'start early'])
    t.edge.say(t.ben.answer('200 OK', { body: goodOffer }))
    await t.settle()
    expect(t.media.steps).toEqual(['prepare', 'start early', 'start'])
  })

  it('our own tone of ringing ends where theirs begins', async () => {
    const t = await toBen()
    t.edge.say(t.ben.answer('180 Ringing'))
    t.edge.say(t.ben.answer('183 Session Progress', { body: goodOffer }))
    t.edge.say(t.ben.answer('180 Ringing'))
    await t.settle()
    expect(t.media.steps).toEqual(['prepare', 'ring back', 'ring back ended', 'start early'])
    expect(t.session()).toMatchObject({ status: 'ringing', earlyMedia: true })
  })

  it('our tone of ringing ends with the call', async () => {
    const t = await toBen()
    t.edge.say(t.ben.answer('180 Ringing'))
    await t.settle()
    t.edge.say(t.ben.answer('486 Busy Here'))
    await t.settle()
    expect(t.media.steps.slice(1)).toEqual(['ring back', 'ring back ended', 'closed'])
  })

  it('a reliable provisional answer gets its PRACK (RFC 3262)', async () => {
    const t = await toBen()
    const headers = ['Require: 100rel', 'RSeq: 41']
    t.edge.say(t.ben.answer('183 Session Progress', { body: goodOffer, headers }))
    await t.settle()
    expect(header(t.edge.last('PRACK') ?? '', 'RAck')).toBe('41 1 INVITE')
  })

  it('two branches ring, another one answers: the call goes on with that one', async () => {
    const t = await toBen()
    t.edge.say(t.ben.answer('183 Session Progress', { tag: 'desk', body: goodOffer }))
    t.edge.say(t.ben.answer('183 Session Progress', { tag: 'mobile', body: goodOffer }))
    await t.settle()
    t.edge.say(t.ben.answer('200 OK', { tag: 'mobile', body: goodOffer }))
    await t.settle()
    expect(t.session().status).toBe('established')
    expect(header(t.edge.last('ACK') ?? '', 'To')).toContain('tag=mobile')
    expect(t.edge.count('BYE')).toBe(0)
    // The browser would stay on the media path of the first one: it is asked to look for another.
    expect(header(t.edge.last('INVITE') ?? '', 'To')).toContain('tag=mobile')
  })

  it('the branch that was heard before answers: nothing is asked again', async () => {
    const t = await toBen()
    t.edge.say(t.ben.answer('183 Session Progress', { body: goodOffer }))
    t.edge.say(t.ben.answer('200 OK', { body: goodOffer }))
    await t.settle()
    expect(t.session().status).toBe('established')
    expect(t.edge.count('INVITE')).toBe(1)
  })

  it('of two branches that answer, the later one is acknowledged and sent away', async () => {
    const t = await toBen()
    t.edge.say(t.ben.answer('200 OK', { tag: 'desk', body: goodOffer }))
    await t.settle()
    t.edge.say(t.ben.answer('200 OK', { tag: 'mobile', body: goodOffer }))
    await t.settle()
    expect(header(t.edge.last('ACK') ?? '', 'To')).toContain('tag=mobile')
    expect(header(t.edge.last('BYE') ?? '', 'To')).toContain('tag=mobile')
    expect(t.session().status).toBe('established')
  })

  it('an answer without a description ends the call on both sides', async () => {
    const t = await toBen()
    t.edge.say(t.ben.answer('200 OK'))
    await t.settle()
    expect(t.edge.count('BYE')).toBe(1)
    expect(t.session()).toMatchObject({ status: 'ended', outcome: 'failed' })
  })
})

describe('a refusal', () => {
  it.each([
    ['404 Not Found', 'refused', 'call.targetUnknown'],
    ['480 Temporarily Unavailable', 'refused', 'call.targetAway'],
    ['488 Not Acceptable Here', 'refused', 'call.notAccepted'],
    ['403 Forbidden', 'refused', 'call.notAllowed'],
    ['500 Server Internal Error', 'failed', 'call.notConnected'],
    ['503 Service Unavailable', 'failed', 'call.notConnected'],
    ['699 Odd', 'failed', 'call.notConnected'],
  ])('%s is %s, with an error that says it plainly', async (status, outcome, code) => {
    const t = await toBen()
    t.edge.say(t.ben.answer(status))
    await t.settle()
    const error = expect.objectContaining({ code, detail: status, say: expect.stringMatching(/\.$/) })
    expect(t.session()).toMatchObject({
      status: 'ended',
      outcome,
      sipStatus: Number(status.slice(0, 3)),
      error,
    })
    expect(t.edge.count('ACK')).toBe(1)
    expect(t.media.steps).toContain('closed')
  })

  it.each([
    ['408 Request Timeout', 'notAnswered'],
    ['486 Busy Here', 'busy'],
    ['487 Request Terminated', 'notAnswered'],
    ['600 Busy Everywhere', 'busy'],
    ['603 Decline', 'refused'],
  ])('%s is %s, which is no error', async (status, outcome) => {
    const t = await toBen()
    t.edge.say(t.ben.answer('180 Ringing'))
    t.edge.say(t.ben.answer(status))
    await t.settle()
    expect(t.session()).toMatchObject({ outcome, reason: expect.stringMatching(/^[a-z ]{8,}$/) })
    expect(t.session().error).toBeUndefined()
  })

  it('a redirection is told and never followed', async () => {
    const t = await toBen()
    t.edge.say(
      t.ben.answer('302 Moved Temporarily', { headers: ['Contact: <sip:+19005550100@toll.example>'] }),
    )
    await t.settle()
    expect(t.edge.count('INVITE')).toBe(1)
    expect(t.session()).toMatchObject({ outcome: 'failed', sipStatus: 302 })
    expect(t.session().error?.detail).toContain('another address')
  })
})

describe('giving up', () => {
  const hangUp = async (t: Awaited<ReturnType<typeof toBen>>) => {
    await t.phone.handlers['phone.hangUp']({ sessionId: t.id })
    await t.settle()
  }

  it('after the 180 sends CANCEL at once', async () => {
    const t = await toBen()
    t.edge.say(t.ben.answer('180 Ringing'))
    await t.settle()
    await hangUp(t)
    expect(t.edge.count('CANCEL')).toBe(1)
    expect(t.session()).toMatchObject({ status: 'ended', outcome: 'hungUpByUs' })
    t.edge.say(t.ben.answer('487 Request Terminated'))
    await t.settle()
    expect(t.session().outcome).toBe('hungUpByUs')
    expect(t.edge.count('ACK')).toBe(1)
  })

  it('before any answer waits with the CANCEL for the first one, also over a 407', async () => {
    const t = await toBen()
    await hangUp(t)
    expect(t.session().outcome).toBe('hungUpByUs')
    expect(t.edge.count('CANCEL')).toBe(0)
    t.edge.say(t.ben.answer('407 Proxy Authentication Required', { headers: [proxyChallenge(domain)] }))
    await t.settle()
    t.edge.say(reply(t.edge.last('INVITE') ?? '', '100 Trying'))
    await t.settle()
    expect(t.edge.count('CANCEL')).toBe(1)
    expect(header(t.edge.last('CANCEL') ?? '', 'CSeq')).toBe('2 CANCEL')
  })

  it.each([
    ['before any provisional answer', []],
    ['after the CANCEL left', ['180 Ringing']],
  ])('when the 200 comes %s, it is acknowledged and ended with BYE', async (_when, before) => {
    const t = await toBen()
    for (const status of before) t.edge.say(t.ben.answer(status))
    await t.settle()
    await hangUp(t)
    t.edge.say(t.ben.answer('200 OK', { body: goodOffer }))
    await t.settle()
    expect([t.edge.count('ACK'), t.edge.count('BYE')]).toEqual([1, 1])
    expect(t.session().outcome).toBe('hungUpByUs')
    expect(t.media.steps).not.toContain('start')
  })

  it('while the answer is being taken waits for that, and then says ACK and BYE', async () => {
    const t = await toBen()
    let taken = () => {}
    t.media.descriptionGate = new Promise((resolve) => {
      taken = resolve
    })
    t.edge.say(t.ben.answer('200 OK', { body: goodOffer }))
    await t.settle()
    const hangingUp = t.phone.handlers['phone.hangUp']({ sessionId: t.id })
    await t.settle()
    expect(t.media.steps).not.toContain('closed')
    taken()
    await t.settle()
    await hangingUp
    expect([t.edge.count('ACK'), t.edge.count('BYE'), t.edge.count('CANCEL')]).toEqual([1, 1, 0])
    expect(t.session().outcome).toBe('hungUpByUs')
    expect(t.media.steps).not.toContain('start')
  })

  it('while the offer is being made ends the dialling, though a closed peer connection never answers', async () => {
    const t = await registered()
    t.media.descriptionGate = new Promise(() => {})
    const { dialled } = await t.dial('2001')
    await t.phone.handlers['phone.hangUp']({ sessionId: t.session().id })
    await expect(dialled).rejects.toMatchObject({ code: 'call.gone' })
    expect(t.session().outcome).toBe('hungUpByUs')
    expect(t.edge.count('INVITE')).toBe(0)
  })

  it('while the microphone is still awaited sends nothing at all', async () => {
    const t = await registered()
    let open = () => {}
    t.media.readyGate = new Promise((resolve) => {
      open = resolve
    })
    const { dialled } = await t.dial('2001')
    await t.phone.handlers['phone.hangUp']({ sessionId: t.session().id })
    open()
    await expect(dialled).rejects.toMatchObject({ code: 'call.gone' })
    await t.settle()
    expect(t.edge.count('INVITE')).toBe(0)
    expect(t.session().outcome).toBe('hungUpByUs')
  })

  it('is ours after a minute and a half of ringing', async () => {
    const t = await toBen()
    t.edge.say(t.ben.answer('180 Ringing'))
    await t.settle(usualPatience.dialMs - 1000)
    expect(t.session().status).toBe('ringing')
    await t.settle(1000)
    expect(t.session()).toMatchObject({ outcome: 'notAnswered', reason: 'nobody answered in time' })
    expect(t.edge.count('CANCEL')).toBe(1)
  })

  it('is told when nothing answers for 32 s (RFC 3261 section 17.1.1.2, timer B)', async () => {
    const t = await toBen()
    await t.settle(33_000)
    expect(t.session()).toMatchObject({ outcome: 'notAnswered', sipStatus: 408 })
  })

  it('comes with the loss of the socket: the answer could not find us any more', async () => {
    const t = await toBen()
    t.edge.say(t.ben.answer('180 Ringing'))
    await t.settle()
    t.edge.cut()
    await t.settle(300)
    expect(t.session()).toMatchObject({ outcome: 'failed', error: { code: 'sip.unreachable' } })
    // Sent on the next socket, so that it does not ring on at theirs.
    expect(t.edge.count('CANCEL')).toBe(1)
  })
})
