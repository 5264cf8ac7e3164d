// What registrars answer to REGISTER, also strangely, and what the phone makes of it: real SIP.js over a fake wire.
import { describe, expect, it, vi } from 'vitest'
import { proves, readCredentials } from '../../support/digest-check.ts'
import { challenge, header, reply } from '../../support/fake-edge.ts'
import { createPhones, domain, given } from '../../support/phone-on-edge.ts'

const { phoneOn } = createPhones()
const ok = (request: string, more: string[] = []) =>
  reply(request, '200 OK', [`Contact: ${header(request, 'Contact')}`, ...more])
const expiresOf = (request: string) => /expires=(\d+)/.exec(header(request, 'Contact'))?.[1]
const requests = (edge: { sent: string[] }) => edge.sent.filter((each) => each.startsWith('REGISTER'))

describe('a challenge', () => {
  it('with MD5 and SHA-256 is answered with SHA-256, and the registrar is convinced', async () => {
    const t = phoneOn()
    t.edge.onRegister = (request) => {
      const credentials = header(request, 'Authorization')
      if (credentials && proves(credentials, 'REGISTER', given.password)) return ok(request)
      return reply(request, '401 Unauthorized', [
        challenge(domain),
        challenge(domain).replace('MD5', 'SHA-256'),
        'WWW-Authenticate: Negotiate ==, what is this',
      ])
    }
    await t.start()
    expect(t.registration().status).toBe('registered')
    const credentials = readCredentials(header(t.edge.last('REGISTER') ?? '', 'Authorization'))
    expect(credentials).toMatchObject({ algorithm: 'SHA-256', uri: `sip:${domain}`, nc: '00000001' })
    expect(t.edge.count('REGISTER')).toBe(2)
  })

  it('of a proxy and then of the registrar are both answered', async () => {
    const t = phoneOn()
    t.edge.onRegister = (request) => {
      if (!header(request, 'Proxy-Authorization')) {
        const asked = challenge(domain).replace('WWW-Authenticate', 'Proxy-Authenticate')
        return reply(request, '407 Proxy Authentication Required', [asked])
      }
      return header(request, 'Authorization')
        ? ok(request)
        : reply(request, '401 Unauthorized', [challenge(domain)])
    }
    await t.start()
    expect(t.registration().status).toBe('registered')
    expect(t.edge.count('REGISTER')).toBe(3)
  })

  it('whose nonce ran out is answered with the new one, without a second try of the password', async () => {
    const t = phoneOn()
    t.edge.onRegister = (request) => {
      const { nonce } = readCredentials(header(request, 'Authorization'))
      if (nonce === 'second') return ok(request)
      const asked = `WWW-Authenticate: Digest realm="${domain}", nonce="${nonce ? 'second' : 'first'}", qop="auth"`
      return reply(request, '401 Unauthorized', [nonce ? `${asked}, stale=true` : asked])
    }
    await t.start()
    expect(t.registration().status).toBe('registered')
    expect(t.edge.count('REGISTER')).toBe(3)
  })

  it('that never ends is refused as a wrong password, after a handful of requests', async () => {
    const t = phoneOn()
    let n = 0
    t.edge.onRegister = (request) => {
      n += 1
      const asked = `WWW-Authenticate: Digest realm="${domain}", nonce="${n}", qop="auth", stale=true`
      return reply(request, '401 Unauthorized', [asked])
    }
    await t.start()
    await t.settle(60_000)
    expect(t.registration()).toMatchObject({ status: 'refused', error: { code: 'sip.rejected' } })
    expect(n).toBeLessThanOrEqual(8)
  })

  it('is not awaited for the refresh: the nonce of before is used again, counted up', async () => {
    const t = phoneOn()
    await t.start()
    await t.settle(260_000)
    const counts = requests(t.edge).map((each) => readCredentials(header(each, 'Authorization')).nc)
    expect(counts).toEqual([undefined, '00000001', '00000002'])
  })
})

describe('423 Interval Too Brief', () => {
  it('is answered with what is demanded, at once and from then on', async () => {
    const t = phoneOn({ expiresSeconds: 60 })
    t.edge.onRegister = (request) =>
      Number(expiresOf(request)) < 120
        ? reply(request, '423 Interval Too Brief', ['Min-Expires: 120'])
        : ok(request)
    await t.start()
    expect(requests(t.edge).map(expiresOf)).toEqual(['60', '120'])
    await t.settle(110_000)
    expect(requests(t.edge).map(expiresOf)).toEqual(['60', '120', '120'])
  })

  it.each(['Min-Expires: 9999999999', 'Min-Expires: soon', 'Min-Expires: 10', 'X: y'])(
    'with %s is a failure that is tried again, not an endless exchange',
    async (demanded) => {
      const t = phoneOn()
      t.edge.onRegister = (request) => reply(request, '423 Interval Too Brief', [demanded])
      await t.start()
      await t.settle(500)
      expect(requests(t.edge)).toHaveLength(2)
      expect(t.registration()).toMatchObject({
        status: 'waiting',
        error: { code: 'sip.failed', status: 423 },
      })
      t.edge.onRegister = (request) => ok(request)
      await t.settle(5000)
      expect(t.registration().status).toBe('registered')
      expect(expiresOf(t.edge.last('REGISTER') ?? '')).toBe('300')
    },
  )
})

describe('Retry-After', () => {
  it.each(['503 Service Unavailable', '500 Server Internal Error', '480 Temporarily Unavailable'])(
    'of a %s is obeyed',
    async (status) => {
      const t = phoneOn()
      t.edge.onRegister = (request) => reply(request, status, ['Retry-After: 40;duration=10 (busy)'])
      await t.start()
      t.edge.onRegister = (request) => ok(request)
      await t.settle(39_000)
      expect(t.registration().status).toBe('waiting')
      expect(requests(t.edge)).toHaveLength(1)
      await t.settle(2000)
      expect(t.registration().status).toBe('registered')
    },
  )

  it('of a refresh is obeyed too', async () => {
    const t = phoneOn()
    await t.start()
    t.edge.onRegister = (request) => reply(request, '503 Service Unavailable', ['Retry-After: 60'])
    await t.settle(256_000)
    const { length } = requests(t.edge)
    t.edge.onRegister = (request) => ok(request)
    await t.settle(55_000)
    expect(requests(t.edge)).toHaveLength(length)
    await t.settle(10_000)
    expect(t.registration().status).toBe('registered')
  })

  it('of a day is cut to ten minutes', async () => {
    const t = phoneOn()
    t.edge.onRegister = (request) => reply(request, '503 Service Unavailable', ['Retry-After: 86400'])
    await t.start()
    t.edge.onRegister = (request) => ok(request)
    await t.settle(599_000)
    expect(t.registration().status).toBe('waiting')
    await t.settle(2000)
    expect(t.registration().status).toBe('registered')
  })
})

describe('a 200', () => {
  it('without Contact but with Expires is believed for that long, and refreshed', async () => {
    const t = phoneOn()
    t.edge.onRegister = (request) => reply(request, '200 OK', ['Expires: 100'])
    await t.start()
    const { registration } = t.phone.store.getState()
    expect(registration).toMatchObject({ status: 'registered' })
    if (registration.status === 'registered')
      expect(registration.expiresAt - registration.provenAt).toBe(100_000)
    expect(t.notes()).toContain('registered by a 200 without Contact: its Expires is believed')
    await t.settle(90_000)
    expect(requests(t.edge)).toHaveLength(2)
  })

  it.each([
    ['without Contact and without Expires', [], 'the registrar keeps no binding'],
    ['that lists other devices only', ['Contact: <sip:x@y.invalid>;expires=60'], 'our Contact is not kept'],
    [
      'that gives our binding no time',
      ['Contact: <sip:3f0c6a52@z.invalid>;expires=0'],
      'our Contact is not kept',
    ],
  ])(
    'I.15 a 200 %s is no registration: it is told plainly, tried again, and wedges nothing',
    async (_what, headers, why) => {
      const t = phoneOn()
      t.edge.onRegister = (request) => reply(request, '200 OK', headers)
      await t.start()
      await t.settle(500)
      expect(t.registration()).toMatchObject({
        status: 'waiting',
        error: { code: headers.length === 0 ? 'sip.failed' : 'sip.evicted', status: 200 },
      })
      expect(JSON.stringify(t.registration())).toContain(why)
      t.edge.onRegister = (request) => ok(request)
      await t.settle(5000)
      expect(t.registration().status).toBe('registered')
    },
  )

  it.each([
    [
      'the time of our own Contact',
      '<sip:x@y.invalid>;expires=20, OURS;expires=90, <sip:z@y.invalid>;expires=30',
      90,
    ],
    ['the Expires header where our Contact has none', 'OURS', 77],
    ['no more than was asked for', 'OURS;expires=99999999999', 300],
    ['what was asked for where the time is no number', 'OURS;expires="soon"', 77],
  ])('with several Contacts counts %s', async (_what, contacts, seconds) => {
    const t = phoneOn()
    t.edge.onRegister = (request) =>
      reply(request, '200 OK', [
        `Contact: ${contacts.replace('OURS', `<${/<(.*?)>/.exec(header(request, 'Contact'))?.[1]}>`)}`,
        'Expires: 77',
      ])
    await t.start()
    const { registration } = t.phone.store.getState()
    if (registration.status !== 'registered') throw new Error(registration.status)
    expect((registration.expiresAt - registration.provenAt) / 1000).toBe(seconds)
    // A timer that overflows would fire at once, over and over.
    expect(requests(t.edge)).toHaveLength(1)
  })

  it('with a Service-Route sends later requests that way, but not REGISTER', async () => {
    const t = phoneOn()
    t.edge.onRegister = (request) => ok(request, ['Service-Route: <sip:home.test;lr>'])
    await t.start()
    await t.settle(260_000)
    expect(requests(t.edge)).toHaveLength(2)
    expect(requests(t.edge).join('')).not.toContain('home.test')
  })
})

describe('a registrar that sends us elsewhere or lacks something', () => {
  it.each(['302 Moved Temporarily', '305 Use Proxy'])('%s is shown and not followed', async (status) => {
    const t = phoneOn()
    t.edge.onRegister = (request) => reply(request, status, ['Contact: <sip:evil.example;transport=wss>'])
    await t.start()
    await t.settle(200)
    expect(t.registration()).toMatchObject({ status: 'waiting', error: { code: 'sip.failed' } })
    expect(JSON.stringify(t.registration())).toContain('evil.example')
    expect(t.edge.tried.every((url) => url === 'wss://edge.test')).toBe(true)
    expect(t.edge.sent.every((message) => message.startsWith(`REGISTER sip:${domain} `))).toBe(true)
  })

  it.each(['439 First Hop Lacks Outbound Support', '420 Bad Extension'])(
    '%s makes it register without outbound',
    async (status) => {
      const t = phoneOn()
      t.edge.onRegister = (request) =>
        header(request, 'Contact').includes('reg-id')
          ? reply(request, status, ['Unsupported: outbound'])
          : ok(request)
      await t.start()
      expect(t.registration().status).toBe('registered')
      const [first, second] = requests(t.edge)
      expect(header(first ?? '', 'Supported')).toBe('path, outbound')
      expect(header(second ?? '', 'Supported')).toBe('path')
      expect(requests(t.edge)).toHaveLength(2)
    },
  )

  it('421 names what it requires, and is tried again', async () => {
    const t = phoneOn()
    t.edge.onRegister = (request) => reply(request, '421 Extension Required', ['Require: sec-agree'])
    await t.start()
    await t.settle(200)
    expect(t.registration()).toMatchObject({
      status: 'waiting',
      error: { detail: '421 Extension Required (require: sec-agree)' },
    })
  })
})

describe('a socket', () => {
  it('that closes while REGISTER is pending is replaced at once, not after the deadline', async () => {
    const t = phoneOn()
    let n = 0
    t.edge.onRegister = (request) => {
      n += 1
      return n === 1 ? undefined : ok(request)
    }
    await t.start()
    expect(t.registration().status).toBe('registering')
    t.edge.cut()
    await t.settle(10)
    expect(t.registration().status).toBe('registered')
    expect(t.edge.tried).toHaveLength(2)
  })

  it('is asked with REGISTER when the machine wakes from sleep, and replaced when it is silent', async () => {
    const t = phoneOn()
    await t.start()
    const before = t.edge.count('REGISTER')
    vi.setSystemTime(Date.now() + 3_600_000)
    await t.settle(5100)
    expect(t.edge.count('REGISTER')).toBe(before + 1)
    expect(t.edge.tried).toHaveLength(1)
    t.edge.onRegister = () => undefined
    vi.setSystemTime(Date.now() + 3_600_000)
    await t.settle(5100)
    t.edge.onRegister = (request) => ok(request)
    await t.settle(2100)
    expect(t.edge.tried).toHaveLength(2)
    expect(t.registration().status).toBe('registered')
  })

  it('is opened at once when the network comes back, also when the try that was under way fails', async () => {
    const t = phoneOn()
    t.edge.handshake = () => 'refuse'
    await t.start()
    await t.settle(60_000)
    t.edge.handshake = () => 'hang'
    t.page.dispatchEvent(new Event('online'))
    await t.settle(100)
    const { length } = t.edge.tried
    t.page.dispatchEvent(new Event('online'))
    t.edge.handshake = () => 'open'
    await t.settle(4100)
    expect(t.edge.tried).toHaveLength(length + 1)
    expect(t.registration().status).toBe('registered')
  })
})
