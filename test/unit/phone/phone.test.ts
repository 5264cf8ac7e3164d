// The whole phone over a fake wire: real SIP.js, text on the other side, no browser.
import { describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { challenge, goodOffer, header, reply, toTagOf } from '../../support/fake-edge.ts'
import { someMedia } from '../../support/fake-media.ts'
import { aor, createPhones, domain, given } from '../../support/phone-on-edge.ts'

const phones = createPhones()
const phoneOn = phones.phoneOn

describe('registration', () => {
  it('answers the challenge and knows until when it is registered, from the registrar', async () => {
    const t = phoneOn()
    t.edge.onRegister = (request) =>
      header(request, 'Authorization')
        ? reply(request, '200 OK', [`Contact: ${t.contactUri() && `<${t.contactUri()}>`};expires=120`])
        : reply(request, '401 Unauthorized', [challenge(domain)])
    await t.start()
    const { registration } = t.phone.store.getState()
    expect(registration).toMatchObject({ status: 'registered', edge: 'wss://edge.test' })
    if (registration.status !== 'registered') return
    expect(registration.expiresAt - registration.provenAt).toBe(120_000)
    // 85 % of 120 s.
    const before = t.edge.count('REGISTER')
    await t.settle(101_000)
    expect(t.edge.count('REGISTER')).toBe(before)
    await t.settle(2000)
    expect(t.edge.count('REGISTER')).toBeGreaterThan(before)
  })

  it('keeps Contact, instance and reg-id over a reconnect and over a restart of the page', async () => {
    const first = phoneOn()
    await first.start()
    const contact = header(first.edge.last('REGISTER') ?? '', 'Contact')
    expect(contact).toContain('transport=ws')
    expect(contact).toContain(`;reg-id=1;+sip.instance="<urn:uuid:${given.instanceId}>"`)
    first.edge.cut()
    await first.settle()
    const second = phoneOn()
    await second.start()
    expect(header(first.edge.last('REGISTER') ?? '', 'Contact')).toBe(contact)
    expect(header(second.edge.last('REGISTER') ?? '', 'Contact')).toBe(contact)
  })

  it('that cannot even begin fails with an error of ours, and a later one is as good as ever', async () => {
    const t = phoneOn()
    const start = t.phone.handlers['phone.start']
    await expect(start({ ...given, domain: '' })).rejects.toBeInstanceOf(AppError)
    await t.start()
    expect(t.registration().status).toBe('registered')
  })

  it('removes its binding when it is stopped, and when the page goes away', async () => {
    const t = phoneOn()
    await t.start()
    t.page.dispatchEvent(new Event('pagehide'))
    await t.settle(0)
    expect(header(t.edge.last('REGISTER') ?? '', 'Contact')).toContain('expires=0')
    await t.phone.handlers['phone.stop']({})
    expect(t.phone.store.getState().registration).toEqual({ status: 'offline' })
  })

  it('asked for again leaves a running call alone, and starts anew only for something else', async () => {
    const t = phoneOn()
    await t.start()
    await t.establish()
    await t.start()
    expect(t.session().status).toBe('established')
    expect(t.edge.tried).toHaveLength(1)
    await t.phone.handlers['phone.start']({ ...given, edges: ['wss://other.test'] })
    await t.settle()
    expect(t.session().outcome).toBe('hungUpByUs')
    expect(t.edge.tried.at(-1)).toBe('wss://other.test')
  })

  it('is tried again after a refusal when asked for again', async () => {
    const t = phoneOn()
    const { onRegister } = t.edge
    t.edge.onRegister = (request) => reply(request, '403 Forbidden')
    await t.start()
    expect(t.phone.store.getState().registration.status).toBe('refused')
    t.edge.onRegister = onRegister
    await t.start()
    expect(t.phone.store.getState().registration.status).toBe('registered')
  })

  it('stops within two seconds when nobody answers the farewell', async () => {
    const t = phoneOn()
    await t.start()
    t.edge.onRegister = () => undefined
    const stopped = t.phone.handlers['phone.stop']({})
    await t.settle(2100)
    await stopped
    expect(t.phone.store.getState().registration).toEqual({ status: 'offline' })
  })

  it.each([
    ['407 Proxy Authentication Required', 'Proxy-Authenticate', 'Proxy-Authorization'],
    ['401 Unauthorized', 'WWW-Authenticate', 'Authorization'],
  ])('answers a %s', async (status, asks, answers) => {
    const t = phoneOn()
    t.edge.onRegister = (request) =>
      header(request, answers)
        ? reply(request, '200 OK', [`Contact: ${header(request, 'Contact')}`])
        : reply(request, status, [challenge(domain).replace('WWW-Authenticate', asks)])
    await t.start()
    expect(t.phone.store.getState().registration.status).toBe('registered')
  })

  it.each(['499 Tea Time', '606 Not Acceptable', '302 Moved'])(
    'answered with %s is told as a failure with its status, tried again and repaired',
    async (status) => {
      const t = phoneOn()
      t.edge.onRegister = (request) => reply(request, status)
      await t.start()
      await t.settle(10_000)
      const { registration } = t.phone.store.getState()
      expect(registration).toMatchObject({ error: { code: 'sip.failed', retry: 'auto' } })
      t.edge.onRegister = (request) => reply(request, '200 OK', [`Contact: ${header(request, 'Contact')}`])
      await t.settle(120_000)
      expect(t.phone.store.getState().registration.status).toBe('registered')
    },
  )

  it('takes an answer that is none of SIP for silence, and does not hang on it', async () => {
    const t = phoneOn()
    const seen: string[] = []
    t.phone.store.subscribe(({ registration }) => {
      if ('error' in registration) seen.push(registration.error.code)
    })
    t.edge.onRegister = (request) => reply(request, '783 No Such Class')
    await t.start()
    await t.settle(60_000)
    expect(seen).toContain('sip.timeout')
    t.edge.onRegister = (request) => reply(request, '200 OK', [`Contact: ${header(request, 'Contact')}`])
    await t.settle(120_000)
    expect(t.phone.store.getState().registration.status).toBe('registered')
  })

  it('never answers the challenge of a stranger, and says so', async () => {
    const t = phoneOn()
    t.edge.onRegister = (request) => reply(request, '401 Unauthorized', [challenge('evil.example')])
    await t.start()
    expect(t.edge.sent.join('')).not.toMatch(/Authorization/)
    expect(t.phone.store.getState().registration).toMatchObject({
      status: 'refused',
      error: { code: 'sip.rejected', detail: 'challenge for the realm evil.example' },
    })
  })

  it('keeps password, nonce and response out of the trace', async () => {
    const t = phoneOn()
    await t.start()
    const authorized = t.edge.last('REGISTER') ?? ''
    const response = /response="(\w+)"/.exec(authorized)?.[1] ?? 'missing'
    const trace = JSON.stringify(t.rows)
    expect(authorized).toContain(response)
    for (const secret of ['canary-password', response, '0123456789abcdef0123456789abcdef']) {
      expect(trace).not.toContain(secret)
    }
    expect(t.rows.map((row) => row.title)).toEqual([
      'REGISTER',
      '401 Unauthorized (REGISTER)',
      'REGISTER',
      '200 OK (REGISTER)',
    ])
  })
})

describe('an invitation', () => {
  it('rings at once with 180, then prepares its answer', async () => {
    const t = phoneOn()
    await t.start()
    t.edge.say(t.caller().invite())
    expect(t.answersTo('INVITE')).toEqual(['100', '180'])
    expect(t.media.steps).toEqual([])
    await t.settle()
    expect(t.media.steps).toEqual(['ring', 'prepare'])
    expect(t.session()).toMatchObject({
      status: 'ringing',
      sipCallId: 'call-1',
      remote: { user: '+15550100', displayName: 'Ada', host: 'caller.example' },
    })
  })

  it('is answered with 200, measured, and ended by the BYE of the other side, which is answered', async () => {
    const t = phoneOn()
    await t.start()
    const { ada, toTag } = await t.establish()
    expect(t.session().status).toBe('established')
    expect(t.media.steps).toEqual(['ring', 'prepare', 'ring ended', 'start'])
    t.media.calls[0]?.onMedia(someMedia)
    expect(t.session().media).toEqual(someMedia)
    t.edge.say(ada.within('BYE', 2, toTag, ['Reason: Q.850;cause=16;text="Normal call clearing"']))
    await t.settle()
    expect(t.answersTo('BYE')).toEqual(['200'])
    expect(t.session()).toMatchObject({
      status: 'ended',
      outcome: 'hungUpByThem',
      reason: 'Normal call clearing',
    })
    expect(t.media.steps).toContain('closed')
  })

  it('is hung up by us with BYE', async () => {
    const t = phoneOn()
    await t.start()
    const { id } = await t.establish()
    await t.phone.handlers['phone.hangUp']({ sessionId: id })
    expect(t.edge.count('BYE')).toBe(1)
    expect(t.session().outcome).toBe('hungUpByUs')
    await expect(t.phone.handlers['phone.hangUp']({ sessionId: id })).rejects.toMatchObject({
      code: 'call.gone',
    })
  })

  it('is refused with 480 when hung up while the microphone is still awaited', async () => {
    const t = phoneOn()
    await t.start()
    let allow = () => {}
    t.media.readyGate = new Promise((resolve) => {
      allow = resolve
    })
    t.edge.say(t.caller().invite())
    await t.settle()
    const { id } = t.session()
    const answering = t.phone.handlers['phone.answer']({ sessionId: id }).catch((error: unknown) => error)
    await t.settle()
    await t.phone.handlers['phone.hangUp']({ sessionId: id })
    allow()
    await answering
    expect(t.answersTo('INVITE').at(-1)).toBe('480')
    expect(t.session().outcome).toBe('hungUpByUs')
  })

  it('is declined with 603', async () => {
    const t = phoneOn()
    await t.start()
    t.edge.say(t.caller().invite())
    await t.settle()
    await t.phone.handlers['phone.decline']({ sessionId: t.session().id })
    expect(t.answersTo('INVITE').at(-1)).toBe('603')
    expect(t.session().outcome).toBe('declined')
  })

  it('that is answered here and declined there at once leaves nobody on a dead call: BYE ends it', async () => {
    const t = phoneOn()
    await t.start()
    const ada = t.caller()
    t.edge.say(ada.invite())
    await t.settle()
    const { id } = t.session()
    const answering = t.phone.handlers['phone.answer']({ sessionId: id }).catch((error: unknown) => error)
    await vi.waitUntil(() => t.answersTo('INVITE').includes('200'))
    const declining = t.phone.handlers['phone.decline']({ sessionId: id })
    t.edge.say(ada.ack(toTagOf(t.edge.last('SIP/2.0 200') ?? '')))
    await t.settle()
    await Promise.all([answering, declining])
    expect(t.edge.count('BYE')).toBe(1)
    expect(t.session()).toMatchObject({ status: 'ended', outcome: 'hungUpByUs' })
  })

  it('that is declined although it is established already is hung up with BYE', async () => {
    const t = phoneOn()
    await t.start()
    const { id } = await t.establish()
    await t.phone.handlers['phone.decline']({ sessionId: id })
    expect(t.edge.count('BYE')).toBe(1)
    expect(t.session().outcome).toBe('hungUpByUs')
  })

  it.each([
    [[], 'canceled'],
    [['Reason: SIP;cause=200;text="Call completed elsewhere"'], 'answeredElsewhere'],
  ] as const)('that is cancelled with %j ends as %s', async (headers, outcome) => {
    const t = phoneOn()
    await t.start()
    const ada = t.caller()
    t.edge.say(ada.invite())
    await t.settle()
    t.edge.say(ada.cancel([...headers]))
    await t.settle()
    expect(t.answersTo('INVITE').at(-1)).toBe('487')
    expect(t.session().outcome).toBe(outcome)
    expect(t.media.steps).toContain('ring ended')
  })

  it('whose CANCEL wins the race against the answer fails as gone, not as established', async () => {
    const t = phoneOn()
    await t.start()
    const ada = t.caller()
    t.edge.say(ada.invite())
    await t.settle()
    let openGate = () => {}
    t.media.readyGate = new Promise((resolve) => {
      openGate = resolve
    })
    const answered = expect(
      t.phone.handlers['phone.answer']({ sessionId: t.session().id }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^call\./) })
    t.edge.say(ada.cancel())
    openGate()
    await t.settle()
    await answered
    expect(t.session()).toMatchObject({ status: 'ended', outcome: 'canceled' })
    expect(t.answersTo('INVITE')).not.toContain('200')
  })

  it('that is canceled while the answer is still built fails as gone, and waits for nothing more', async () => {
    const t = phoneOn()
    await t.start()
    const ada = t.caller()
    t.edge.say(ada.invite())
    await t.settle()
    // As a peer connection that was closed: it never answers.
    t.media.readyGate = new Promise(() => {})
    const answered = expect(
      t.phone.handlers['phone.answer']({ sessionId: t.session().id }),
    ).rejects.toMatchObject({ code: 'call.gone' })
    t.edge.say(ada.cancel())
    await t.settle()
    await answered
  })

  it('keeps ringing when the microphone is blocked, and can be answered after that', async () => {
    const t = phoneOn()
    await t.start()
    t.edge.say(t.caller().invite())
    await t.settle()
    const { id } = t.session()
    t.media.microphoneError = new AppError('media.micDenied')
    await expect(t.phone.handlers['phone.answer']({ sessionId: id })).rejects.toMatchObject({
      code: 'media.micDenied',
    })
    expect(t.session()).toMatchObject({ status: 'ringing', error: { code: 'media.micDenied' } })
    expect(t.answersTo('INVITE')).toEqual(['100', '180'])
    t.media.microphoneError = undefined
    await t.phone.handlers['phone.answer']({ sessionId: id })
    expect(t.session().status).toBe('established')
    expect(t.session().error).toBeUndefined()
  })

  it('rings for longer than the platform does, then is given up as not answered', async () => {
    const t = phoneOn()
    await t.start()
    t.edge.say(t.caller().invite())
    await t.settle(60_000)
    expect(t.session().status).toBe('ringing')
    await t.settle(16_000)
    expect(t.session().outcome).toBe('notAnswered')
  })
})

describe('what is refused', () => {
  it('an INVITE for somebody else gets 404 and no session', async () => {
    const t = phoneOn()
    await t.start()
    t.edge.say(t.caller({ requestUri: `sip:2000@other.example`, to: 'sip:2000@other.example' }).invite())
    t.edge.say(t.caller({ requestUri: 'sip:1234@x.invalid', to: aor, callId: 'b' }).invite())
    await t.settle()
    expect(t.answersTo('INVITE').filter((status) => status !== '100')).toEqual(['404', '404'])
    expect(t.phone.store.getState().sessions).toEqual([])
  })

  it.each([
    ['without audio', goodOffer.replace('m=audio', 'm=video')],
    ['over plain RTP', goodOffer.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')],
    ['without a fingerprint', goodOffer.replace(/a=fingerprint.*\r\n/, '')],
  ])('an offer %s gets 488 and is shown as failed', async (_what, offer) => {
    const t = phoneOn()
    await t.start()
    t.edge.say(t.caller({ offer }).invite())
    await t.settle()
    expect(t.answersTo('INVITE')).toEqual(['100', '488'])
    expect(t.session()).toMatchObject({ outcome: 'failed', error: { code: 'media.offerRefused' } })
  })

  it('a second call rings quietly by default and gets 486 by setting', async () => {
    for (const [secondCall, status] of [
      ['ring', '180'],
      ['busy', '486'],
    ] as const) {
      const t = phoneOn({ secondCall })
      await t.start()
      await t.establish()
      t.edge.say(t.caller({ callId: 'second' }).invite())
      await t.settle()
      expect(t.answersTo('INVITE').at(-1)).toBe(status)
      expect(t.media.steps.includes('ring quietly')).toBe(secondCall === 'ring')
      expect(t.session(0).status).toBe('established')
    }
  })

  it('while it must not disturb, a call gets 486 without a sound and stands among the calls; what rings goes on', async () => {
    const t = phoneOn()
    await t.start()
    t.edge.say(t.caller().invite())
    await t.settle()
    t.phone.setDoNotDisturb(true)
    const before = t.media.steps.length
    t.edge.say(t.caller({ callId: 'second' }).invite())
    await t.settle()
    expect(t.answersTo('INVITE').at(-1)).toBe('486')
    expect(t.media.steps.slice(before).filter((step) => step.includes('ring'))).toEqual([])
    expect(t.session(0).status).toBe('ringing')
    expect(t.session(1)).toMatchObject({ status: 'ended', outcome: 'declined', reason: 'do not disturb' })
    t.phone.setDoNotDisturb(false)
    t.edge.say(t.caller({ callId: 'third' }).invite())
    await t.settle()
    expect(t.session(2).status).toBe('ringing')
  })

  it('a REFER is declined, never followed', async () => {
    const t = phoneOn()
    await t.start()
    const { ada, toTag } = await t.establish()
    t.edge.say(ada.within('REFER', 2, toTag, ['Refer-To: <sip:+19005550100@toll.example>']))
    await t.settle()
    expect(t.answersTo('REFER')).toEqual(['603'])
    expect(t.edge.count('INVITE')).toBe(0)
  })

  it('giant, binary and malformed messages are dropped with a row in the trace, and the next call rings', async () => {
    const t = phoneOn()
    await t.start()
    const before = t.rows.length
    t.edge.say(`INVITE sip:x SIP/2.0\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`)
    t.edge.say('nonsense\r\n\r\n')
    t.edge.say(new Uint8Array([0, 255, 254, 3]).buffer)
    t.edge.say('SIP/2.0 999 What\r\nVia: SIP/2.0/WS x\r\n\r\n')
    t.edge.say('INVITE sip:\u0000 SIP/2.0\r\nVia: ;;;\r\nFrom: <\r\nCSeq: x\r\n\r\n')
    t.edge.say('\r\n\r\n')
    await t.settle()
    expect(t.rows.slice(before).some((row) => row.result === 'dropped')).toBe(true)
    expect(t.phone.store.getState().registration.status).toBe('registered')
    t.edge.say(t.caller().invite())
    await t.settle()
    expect(t.session().status).toBe('ringing')
  })
})

describe('a lost socket', () => {
  it('does not end a call: the phone registers again and tells the far end where it is', async () => {
    const t = phoneOn()
    await t.start()
    const { ada, toTag } = await t.establish()
    t.edge.cut()
    await t.settle(300)
    expect(t.session().status).toBe('established')
    expect(t.phone.store.getState().registration.status).toBe('registered')
    const refresh = t.edge.last('INVITE') ?? ''
    expect(header(refresh, 'Call-ID')).toBe(ada.callId)
    t.edge.say(reply(refresh, '200 OK', ['Contact: <sip:edge@edge.invalid;transport=ws>'], goodOffer))
    await t.settle()
    t.edge.say(ada.within('BYE', 5, toTag))
    await t.settle()
    expect(t.session().outcome).toBe('hungUpByThem')
  })

  it('does not swallow a hang-up: the BYE leaves as soon as there is a socket', async () => {
    const t = phoneOn()
    await t.start()
    const { id } = await t.establish()
    t.edge.handshake = () => 'refuse'
    t.edge.cut()
    await t.settle(100)
    await t.phone.handlers['phone.hangUp']({ sessionId: id })
    expect(t.session().outcome).toBe('hungUpByUs')
    expect(t.edge.count('BYE')).toBe(0)
    t.edge.handshake = () => 'open'
    await t.settle(3000)
    expect(t.edge.count('BYE')).toBe(1)
  })

  it('ends the call when the far end no longer knows it', async () => {
    const t = phoneOn()
    await t.start()
    await t.establish()
    t.edge.cut()
    await t.settle(300)
    t.edge.say(reply(t.edge.last('INVITE') ?? '', '481 Call/Transaction Does Not Exist'))
    await t.settle()
    expect(t.session()).toMatchObject({ status: 'ended', outcome: 'hungUpByThem' })
  })
})

describe('in a call', () => {
  it('mutes without ending the stream, and shows it', async () => {
    const t = phoneOn()
    await t.start()
    const { id } = await t.establish()
    t.phone.setMuted(id, true)
    expect(t.session().sending).toBe('muted')
    t.phone.setMuted(id, false)
    expect(t.media.steps.slice(-2)).toEqual(['muted', 'unmuted'])
    expect(t.phone.levels(id)).toEqual({ ear: 0.5, microphone: 0.25 })
    expect(t.phone.levels('nobody')).toEqual({ ear: 0, microphone: 0 })
  })

  it('sends keys as RTP events, and as INFO where those are not negotiated', async () => {
    const t = phoneOn()
    await t.start()
    const { id } = await t.establish()
    const sent = t.phone.sendDtmf(id, '1 2#')
    await t.settle(1000)
    await sent
    expect(t.media.steps).toContain('tones 12#')
    t.media.rtpEvents = false
    const told = t.phone.sendDtmf(id, '5')
    await t.settle()
    t.edge.say(reply(t.edge.last('INFO') ?? '', '200 OK'))
    await t.settle(1000)
    await told
    expect(t.edge.last('INFO')).toContain('Signal=5')
    await expect(t.phone.sendDtmf(id, '12x')).rejects.toMatchObject({ code: 'app.inputInvalid' })
  })

  it('whose media path is gone for 30 s is repaired once, then ended with a BYE', async () => {
    const t = phoneOn()
    await t.start()
    await t.establish()
    t.media.ice = 'disconnected'
    for (let second = 0; second < 32; second++) {
      t.media.calls[0]?.onMedia({ ...someMedia, ice: 'disconnected' })
      await t.settle(1000)
    }
    expect(t.edge.count('INVITE')).toBe(1)
    expect(t.edge.count('BYE')).toBe(1)
    expect(t.session()).toMatchObject({ outcome: 'failed', error: { code: 'media.noAudioIn' } })
  })

  it('keeps the last five that ended', async () => {
    const t = phoneOn()
    await t.start()
    for (let i = 0; i < 7; i++) {
      const ada = t.caller({ callId: `call-${i}` })
      t.edge.say(ada.invite())
      await t.settle()
      t.edge.say(ada.cancel())
      await t.settle()
    }
    expect(t.phone.store.getState().sessions.map((each) => each.sipCallId)).toEqual(
      [2, 3, 4, 5, 6].map((i) => `call-${i}`),
    )
  })
})
