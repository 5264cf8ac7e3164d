// What SIP.js does wrong and this phone does not: each patch and each setting that keeps a known hazard off.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { toSipIdentity } from '../../../renderer/phone/identity.ts'
import { patchedVersion } from '../../../renderer/phone/sipjs-patches.ts'
import { createSipEndpoint } from '../../../renderer/phone/user-agent.ts'
import { createFakeEdge, goodOffer, header, reply } from '../../support/fake-edge.ts'
import { createPhones, domain, given } from '../../support/phone-on-edge.ts'

const top = path.resolve(import.meta.dirname, '../../..')
const native = Math.random
// Before the phones, whose own hook so runs first: they close with what they ran with.
afterEach(() => {
  Math.random = native
})
const { phoneOn } = createPhones()

const asks = (realm: string, kind = 'Proxy') =>
  `${kind}-Authenticate: Digest realm="${realm}", nonce="n", algorithm=MD5, qop="auth"`

describe('SIP.js', () => {
  it('has the version whose source was read; with another one, look at every patch again', () => {
    const { version } = JSON.parse(readFileSync(path.join(top, 'node_modules/sip.js/package.json'), 'utf8'))
    expect(version).toBe(patchedVersion)
  })

  it('is used below its convenience layer: neither its Registerer nor its managers nor its own media', () => {
    const folder = path.join(top, 'renderer/phone')
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.ts'))) {
      const text = readFileSync(path.join(folder, name), 'utf8').replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')
      expect(text, name).not.toMatch(
        /\b(?:Registerer|SessionManager|SimpleUser|Web\.|sendDtmf\(\)|sip\.js\/lib)\b/,
      )
    }
  })
})

describe('ids on the wire', () => {
  it('do not come from Math.random, and none comes twice', async () => {
    Math.random = () => 0
    const t = phoneOn()
    await t.start()
    const first = await t.establish({ callId: 'one' })
    await t.establish({ callId: 'two' })
    await t.dial('2001')
    const { length } = t.edge.sent
    expect(length).toBeGreaterThan(6)
    const all = t.edge.sent.join('\n')
    // SIP.js would write zeros only.
    expect(all).not.toMatch(/(?:tag=|branch=z9hG4bK|Call-ID: \w{0,5})0{5}/)
    expect(first.toTag).toMatch(/^\w{10,}$/)
    const ours = t.edge.sent.filter((each) => !each.startsWith('SIP/2.0') && !each.startsWith('ACK'))
    const branches = ours.map((each) => /branch=([^;\s]+)/.exec(header(each, 'Via'))?.[1] ?? '')
    expect(new Set(branches).size).toBe(ours.length)
    for (const branch of branches) expect(branch).toMatch(/^z9hG4bK\w{20}$/)
    const tags = t.edge.sent.flatMap((each) => (each.startsWith('SIP/2.0 180') ? [header(each, 'To')] : []))
    expect(new Set(tags).size).toBe(2)
  })
})

describe('the log of SIP.js', () => {
  it('prints nothing, and its configuration holds no password and no hash of one', async () => {
    const printed = (['log', 'debug', 'info', 'warn', 'error'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    )
    const edge = createFakeEdge(domain)
    const endpoint = await createSipEndpoint({
      start: given,
      identity: toSipIdentity(given.instanceId),
      createSocket: edge.createSocket,
      ringMs: 75_000,
      report: () => {},
      onInvite: () => {},
      describe: undefined,
    })
    await endpoint.link.open('wss://edge.test', 1000)
    expect(await endpoint.link.register(300, 1000)).toMatchObject({ status: 'accepted' })
    edge.say('nonsense\r\n\r\n')
    expect(printed.flatMap((spy) => spy.mock.calls)).toEqual([])
    const { configuration } = endpoint.userAgent
    expect(configuration).toMatchObject({
      logBuiltinEnabled: false,
      logConfiguration: false,
      authorizationPassword: '',
      authorizationHa1: '',
    })
    expect(JSON.stringify(configuration)).not.toContain('canary')
    // Its own digest is out of reach.
    expect(endpoint.userAgent.userAgentCore.configuration.authenticationFactory()).toBeUndefined()
    await endpoint.dispose()
    for (const spy of printed) spy.mockRestore()
  })
})

describe('a challenge within a call', () => {
  it.each(['401 Unauthorized', '407 Proxy Authentication Required'])(
    'on BYE gets no credentials with %s, and the call has ended all the same',
    async (status) => {
      const t = phoneOn()
      await t.start()
      const { id } = await t.establish()
      const hangingUp = t.phone.handlers['phone.hangUp']({ sessionId: id })
      await t.settle()
      t.edge.say(reply(t.edge.last('BYE') ?? '', status, [asks(domain), asks(domain, 'WWW')]))
      await t.settle(3000)
      await hangingUp
      expect(t.edge.count('BYE')).toBe(1)
      expect(t.edge.last('BYE')).not.toContain('uthorization')
      expect(t.session().status).toBe('ended')
      // What the far end asks says nothing about our registration.
      expect(t.registration().status).toBe('registered')
    },
  )

  it('by a proxy of our domain is answered, and the numbers of the dialog go on', async () => {
    const t = phoneOn()
    await t.start()
    const { id } = await t.establish()
    t.media.rtpEvents = false
    const sending = t.phone.sendDtmf(id, '12').catch(() => {})
    await t.settle(20)
    t.edge.say(reply(t.edge.last('INFO') ?? '', '407 Proxy Authentication Required', [asks(domain)]))
    await t.settle(20)
    expect(header(t.edge.last('INFO') ?? '', 'Proxy-Authorization')).toContain('Digest')
    t.edge.say(reply(t.edge.last('INFO') ?? '', '200 OK'))
    await t.settle(3000)
    t.edge.say(reply(t.edge.last('INFO') ?? '', '200 OK'))
    await t.settle(3000)
    await sending
    const numbers = t.edge.sent
      .filter((each) => each.startsWith('INFO'))
      .map((each) => Number.parseInt(header(each, 'CSeq'), 10))
    expect(numbers.length).toBeGreaterThanOrEqual(3)
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
  })

  it('by the far end or a stranger gets none', async () => {
    for (const [status, challenge] of [
      ['401 Unauthorized', asks(domain, 'WWW')],
      ['407 Proxy Authentication Required', asks('evil.example')],
    ] as const) {
      const t = phoneOn()
      await t.start()
      const { id } = await t.establish()
      t.media.rtpEvents = false
      const sending = t.phone.sendDtmf(id, '1').catch((error: unknown) => error)
      await t.settle(20)
      t.edge.say(reply(t.edge.last('INFO') ?? '', status, [challenge]))
      await t.settle(3000)
      expect(await sending).toMatchObject({ code: 'call.keysRefused' })
      expect(t.edge.count('INFO')).toBe(1)
      expect(t.session().status).toBe('established')
    }
  })
})

describe('an INVITE', () => {
  it('without a branch is one of its own, not the repetition of another one', async () => {
    const t = phoneOn()
    await t.start()
    for (const callId of ['one', 'two']) {
      t.edge.say(
        t
          .caller({ callId })
          .invite()
          .replace(/;branch=\S+/, ''),
      )
      await t.settle()
    }
    expect(t.sessions().map((each) => each.sipCallId)).toEqual(['one', 'two'])
    t.edge.say(
      t
        .caller({ callId: 'one' })
        .cancel()
        .replace(/;branch=\S+/, ''),
    )
    await t.settle()
    expect(t.sessions().map((each) => each.status)).toEqual(['ended', 'ringing'])
  })
})

describe('a re-INVITE of ours', () => {
  it('that is redirected is refused, and a later one is sent', async () => {
    const t = phoneOn()
    await t.start()
    await t.establish()
    t.edge.cut()
    await t.settle(300)
    expect(t.edge.count('INVITE')).toBe(1)
    t.edge.say(reply(t.edge.last('INVITE') ?? '', '302 Moved Temporarily', ['Contact: <sip:evil.example>']))
    await t.settle(11_000)
    t.edge.cut()
    await t.settle(11_000)
    expect(t.edge.count('INVITE')).toBeGreaterThanOrEqual(2)
    expect(t.edge.sent.join('')).not.toContain('evil.example')
    expect(t.session().status).toBe('established')
  })
})

describe('an answer', () => {
  it.each([
    ['of another Via host', (text: string) => text.replace(/^Via: (\S+) [^;]+/m, 'Via: $1 other.invalid')],
    ['with two Vias', (text: string) => text.replace(/^Via: .*\r\n/m, (via) => via + via)],
    [
      'to nothing that we asked',
      (text: string) => text.replace(/branch=z9hG4bK\w+/, 'branch=z9hG4bKunknown'),
    ],
    ['without CSeq', (text: string) => text.replace(/^CSeq: .*\r\n/m, '')],
  ])('%s is dropped with a row, and the registration is tried again', async (_what, change) => {
    const t = phoneOn()
    const { onRegister } = t.edge
    t.edge.onRegister = (request) =>
      change(reply(request, '200 OK', [`Contact: ${header(request, 'Contact')}`]))
    await t.start()
    expect(t.dropped()).toHaveLength(1)
    t.edge.onRegister = onRegister
    await t.settle(20_000)
    expect(t.registration().status).toBe('registered')
  })
})

describe('requests that nobody here may make', () => {
  it.each([
    ['REFER', '603'],
    ['SUBSCRIBE', '405'],
    ['REGISTER', '405'],
    ['PUBLISH', '405'],
    ['MESSAGE', '405'],
  ])('%s outside of a call is answered with %s', async (method, status) => {
    const t = phoneOn()
    await t.start()
    t.edge.say(t.caller().within(method, 1, '', ['Refer-To: <sip:+19005550100@toll.example>', 'Event: x']))
    await t.settle()
    expect(t.answersTo(method)).toEqual([status])
    expect(t.edge.count('INVITE')).toBe(0)
  })
})

describe('a MESSAGE, which nobody here would see', () => {
  it('is refused in a call too, with what may be asked instead, and the next request is taken', async () => {
    const t = phoneOn()
    await t.start()
    const { ada, toTag } = await t.establish()
    t.edge.say(ada.within('MESSAGE', 2, toTag))
    await t.settle()
    expect(t.answersTo('MESSAGE')).toEqual(['405'])
    expect(header(t.edge.last('SIP/2.0 405') ?? '', 'Allow')).toMatch(/^ACK,BYE,CANCEL,INFO,INVITE,/)
    expect(t.rows.at(-1)).toMatchObject({ title: expect.stringContaining('405') })
    t.edge.say(ada.within('BYE', 3, toTag))
    await t.settle()
    expect(t.session().outcome).toBe('hungUpByThem')
  })

  it('is not what we invite to: no message of ours names it, or another method that is refused', async () => {
    const t = phoneOn()
    await t.start()
    await t.establish()
    const { id } = await t.dialAndTalk()
    t.phone.setHeld(id, true).catch(() => {})
    t.edge.say(t.caller({ callId: 'options' }).within('OPTIONS', 1, ''))
    await t.settle()
    const allowed = t.edge.sent.map((each) => header(each, 'Allow')).filter(Boolean)
    // REGISTER, 200, INVITE, re-INVITE and the answer to OPTIONS.
    expect(allowed.length).toBeGreaterThanOrEqual(5)
    expect(new Set(allowed)).toEqual(new Set(['ACK,BYE,CANCEL,INFO,INVITE,NOTIFY,OPTIONS,PRACK,REFER']))
  })
})

describe('what SIP.js does not know', () => {
  it('UPDATE within a call is refused with 405 and what is understood instead, and the call goes on', async () => {
    const t = phoneOn()
    await t.start()
    const { ada, toTag } = await t.establish()
    t.edge.say(ada.within('UPDATE', 2, toTag))
    await t.settle()
    expect(t.answersTo('UPDATE')).toEqual(['405'])
    expect(header(t.edge.last('SIP/2.0 405') ?? '', 'Allow')).toContain('INVITE')
    expect(header(t.edge.last('SIP/2.0 405') ?? '', 'Allow')).not.toContain('UPDATE')
    expect(t.session().status).toBe('established')
  })

  it('a call to a sips address is refused with 416, never taken over an address that promises less', async () => {
    const t = phoneOn()
    await t.start()
    t.edge.say(t.caller({ requestUri: t.contactUri().replace('sip:', 'sips:') }).invite())
    await t.settle()
    expect(t.answersTo('INVITE')).toEqual(['416'])
    expect(t.sessions()).toEqual([])
    expect(header(t.edge.last('REGISTER') ?? '', 'Via')).toContain('SIP/2.0/WSS')
    expect(t.contactUri()).toContain(';transport=ws')
  })
})

describe('a re-INVITE of theirs whose ACK is lost', () => {
  const unacknowledged = async (direction: 'incoming' | 'outgoing') => {
    const t = phoneOn()
    await t.start()
    if (direction === 'incoming') {
      const { ada, toTag } = await t.establish()
      t.edge.say(ada.within('INVITE', 2, toTag, [], goodOffer))
    } else {
      const { ben } = await t.dialAndTalk()
      t.edge.say(ben.within('INVITE', 2, { body: goodOffer }))
    }
    await t.settle()
    expect(t.answersTo('INVITE').at(-1)).toBe('200')
    return t
  }

  it.each(['incoming', 'outgoing'] as const)(
    'ends the %s call with BYE after 64*T1, which says why',
    async (direction) => {
      const t = await unacknowledged(direction)
      await t.settle(31_000)
      expect(t.edge.count('BYE')).toBe(0)
      expect(t.session().status).toBe('established')
      await t.settle(2000)
      expect(t.edge.count('BYE')).toBe(1)
      expect(t.session()).toMatchObject({
        status: 'ended',
        outcome: 'failed',
        reason: 'the other side did not acknowledge a change of the call',
        error: { code: 'call.gone' },
      })
    },
  )
})
