// Which socket a message may come over and go back over, and which invitations are refused before anybody looks at them.
import { URI } from 'sip.js'
import { describe, expect, it, vi } from 'vitest'
import type { NewTraceRow } from '../../../common/model/trace.ts'
import { type CreateSocket, EdgeTransport, type SocketLike } from '../../../renderer/phone/edge-transport.ts'
import { toSipIdentity } from '../../../renderer/phone/identity.ts'
import { createSipTracer, type SipTracer } from '../../../renderer/phone/sip-trace.ts'
import { createSipEndpoint } from '../../../renderer/phone/user-agent.ts'
import { createFakeEdge, goodOffer, header, reply } from '../../support/fake-edge.ts'
import { aor, createPhones, domain, given } from '../../support/phone-on-edge.ts'

const { phoneOn } = createPhones()
/** A transport over sockets that stay in the hand of the test. */
function setUp(trace?: SipTracer) {
  const sockets: (SocketLike & { sent: string[]; url: string })[] = []
  const rows: NewTraceRow[] = []
  const heard: string[] = []
  const createSocket: CreateSocket = (url) => {
    const socket = {
      url,
      sent: [] as string[],
      binaryType: 'blob' as BinaryType,
      onopen: null,
      onclose: null,
      onmessage: null,
      onerror: null,
      send: (message: unknown) => void socket.sent.push(String(message)),
      close: () => {},
    }
    sockets.push(socket)
    queueMicrotask(() => (socket as SocketLike).onopen?.call(socket as never, new Event('open')))
    return socket
  }
  const report = (row: NewTraceRow) => void rows.push(row)
  const transport = new EdgeTransport({} as never, {
    createSocket,
    report,
    trace: trace ?? createSipTracer(report),
  })
  transport.onMessage = (message) => void heard.push(message)
  const socket = (index: number) => {
    const found = sockets[index]
    if (!found) throw new Error('no such socket')
    return found
  }
  const say = (index: number, data: unknown) =>
    socket(index).onmessage?.call(socket(index) as never, new MessageEvent('message', { data }))
  const cut = (index: number) =>
    socket(index).onclose?.call(socket(index) as never, { code: 1006 } as CloseEvent)
  return {
    transport,
    rows,
    heard,
    socket,
    say,
    cut,
    dropped: () => rows.filter((row) => row.result === 'dropped'),
  }
}

const request = (method: string, branch: string, to = '<sip:a@b>') =>
  `${method} sip:x@y SIP/2.0\r\nVia: SIP/2.0/WS e.invalid;branch=${branch}\r\nTo: ${to}\r\nCSeq: 1 ${method}\r\n\r\n`
const answer = (status: string, branch: string, method = 'INVITE') =>
  `SIP/2.0 ${status}\r\nVia: SIP/2.0/WS e.invalid;branch=${branch}\r\nCSeq: 1 ${method}\r\n\r\n`

describe('the trace of what is sent', () => {
  it('never makes a message fail that is on the wire', async () => {
    const t = setUp(() => {
      throw new Error('the trace is broken')
    })
    await t.transport.openEdge('wss://a', 1000)
    await expect(t.transport.send(answer('200 OK', 'z9hG4bK1'))).resolves.toBeUndefined()
    expect(t.socket(0).sent).toHaveLength(1)
  })

  it('does not show what could not be sent', async () => {
    const t = setUp()
    await t.transport.openEdge('wss://a', 1000)
    t.socket(0).send = () => {
      throw new Error('the socket is closing')
    }
    await expect(t.transport.send(answer('200 OK', 'z9hG4bK1'))).rejects.toThrow('closing')
    expect(t.rows).toEqual([])
  })
})

describe('a message over a socket that was given up', () => {
  it('is dropped with a row each, whether we closed it or it was lost', async () => {
    const t = setUp()
    await t.transport.openEdge('wss://a', 1000)
    await t.transport.openEdge('wss://b', 1000)
    t.say(0, request('INVITE', 'z9hG4bK1'))
    t.cut(1)
    t.say(1, request('BYE', 'z9hG4bK2'))
    await t.transport.openEdge('wss://b', 1000)
    t.say(1, request('BYE', 'z9hG4bK3'))
    t.say(2, request('BYE', 'z9hG4bK4'))
    expect(t.heard).toEqual([request('BYE', 'z9hG4bK4')])
    expect(t.dropped()).toHaveLength(3)
    expect(t.dropped()[0]?.title).toBe('dropped: came over a socket that was given up')
    expect(t.dropped()[0]?.body).toContain('INVITE')
  })
})

describe('a giant header', () => {
  it.each([
    ['in one line', `X: ${'x'.repeat(9000)}`],
    ['folded', `X: ${'x\r\n '.repeat(3000)}x`],
  ])(
    '%s is dropped unread, of a request and of an answer, and the body may be as long',
    async (_how, line) => {
      const t = setUp()
      await t.transport.openEdge('wss://a', 1000)
      for (const first of ['INVITE sip:x@y SIP/2.0', 'SIP/2.0 200 OK']) {
        t.say(0, `${first}\r\nVia: SIP/2.0/WS e.invalid;branch=z9hG4bK1\r\n${line}\r\n\r\n`)
      }
      expect(t.heard).toEqual([])
      expect(t.dropped().map((row) => row.title.replace(/\d+/, 'n'))).toEqual(
        Array(2).fill('dropped: a header of n characters'),
      )
      t.say(0, `${request('BYE', 'z9hG4bK2')}${'x'.repeat(9000)}`)
      expect(t.heard).toHaveLength(1)
    },
  )
})

describe('an answer', () => {
  it('goes back over the socket of its request, and over a new one to the same edge', async () => {
    const t = setUp()
    await t.transport.openEdge('wss://a', 1000)
    t.say(0, request('INVITE', 'z9hG4bK1'))
    await t.transport.send(answer('180 Ringing', 'z9hG4bK1'))
    t.cut(0)
    await t.transport.send(answer('200 OK', 'z9hG4bK1'))
    await t.transport.openEdge('wss://a', 1000)
    t.transport.flush()
    expect(t.socket(0).sent).toEqual([answer('180 Ringing', 'z9hG4bK1')])
    expect(t.socket(1).sent).toEqual([answer('200 OK', 'z9hG4bK1')])
  })

  it('never goes to another edge than that of its request', async () => {
    const t = setUp()
    await t.transport.openEdge('wss://a', 1000)
    t.say(0, request('INVITE', 'z9hG4bK1'))
    t.cut(0)
    await t.transport.openEdge('wss://b', 1000)
    await t.transport.send(answer('200 OK', 'z9hG4bK1'))
    t.say(1, request('INVITE', 'z9hG4bK2'))
    await t.transport.send(answer('200 OK', 'z9hG4bK2'))
    expect(t.socket(1).sent).toEqual([answer('200 OK', 'z9hG4bK2')])
    expect(t.dropped()).toMatchObject([
      { title: 'dropped: an answer to a request of another edge', direction: 'out' },
    ])
  })
})

describe('without a socket', () => {
  it('what concerns a call waits for one; what asks about the socket and a new call are refused at once', async () => {
    const t = setUp()
    const within = '<sip:a@b>;tag=1'
    const kept = [request('BYE', '1', within), request('INVITE', '2', within), request('CANCEL', '3')]
    for (const message of kept) await t.transport.send(message)
    for (const method of ['REGISTER', 'OPTIONS', 'INVITE']) {
      await expect(t.transport.send(request(method, '9'))).rejects.toThrow('no socket')
    }
    await t.transport.openEdge('wss://a', 1000)
    t.transport.flush()
    expect(t.socket(0).sent).toEqual(kept)
  })

  it('nothing waits for longer than half a minute', async () => {
    const t = setUp()
    await t.transport.send(request('BYE', '1', '<sip:a@b>;tag=1'))
    vi.setSystemTime(Date.now() + 31_000)
    await t.transport.openEdge('wss://a', 1000)
    t.transport.flush()
    expect(t.socket(0).sent).toEqual([])
  })
})

describe('an INVITE', () => {
  it('over a connection that is not registered is refused with 480, and rings nowhere', async () => {
    const t = phoneOn()
    const { onRegister } = t.edge
    t.edge.onRegister = () => undefined
    await t.start()
    t.edge.say(t.caller().invite())
    await t.settle()
    expect(t.answersTo('INVITE')).toEqual(['100', '480'])
    expect(t.sessions()).toEqual([])
    expect(t.notes()).toContain('refused with 480: an INVITE over a connection that is not registered')
    t.edge.onRegister = onRegister
    await t.settle(60_000)
    t.edge.say(t.caller({ callId: 'later' }).invite())
    await t.settle()
    expect(t.session().status).toBe('ringing')
    // A new socket is a new flow, until its own REGISTER is accepted.
    t.edge.onRegister = () => undefined
    t.edge.cut()
    await t.settle(3000)
    t.edge.say(t.caller({ callId: 'third' }).invite())
    await t.settle()
    expect(t.answersTo('INVITE').at(-1)).toBe('480')
  })

  it.each([
    ['another user at our domain', `sip:3000@${domain}`, `sip:3000@${domain}`],
    ['our name at another domain', 'sip:2000@evil.example', 'sip:2000@evil.example'],
    ['the Contact of another device', 'sip:deadbeef@other.invalid', aor],
    ['nobody', `sip:${domain}`, aor],
    ['our name, but a To of another domain', aor, 'sip:2000@evil.example'],
  ])('for %s is refused with 404 and counted', async (_who, requestUri, to) => {
    const t = phoneOn()
    await t.start()
    t.edge.say(t.caller({ requestUri, to }).invite())
    await t.settle()
    expect(t.answersTo('INVITE').at(-1)).toBe('404')
    expect(t.sessions()).toEqual([])
    expect(t.rows.filter((row) => row.tone === 'bad').length).toBeGreaterThan(0)
  })

  it.each([
    ['Require: precondition', 'precondition'],
    ['Require: 100rel, precondition\r\nSupported: precondition', 'precondition'],
    ['Require: timer, replaces, tdialog', 'replaces, tdialog'],
  ])('that says %j is refused with 420, which names what we lack', async (headers, lacked) => {
    const t = phoneOn()
    await t.start()
    t.edge.say(t.caller().invite([headers]))
    await t.settle()
    const refusal = t.edge.last('SIP/2.0 420') ?? ''
    expect(header(refusal, 'Unsupported')).toBe(lacked)
    expect(t.sessions()).toEqual([])
    t.edge.say(t.caller({ callId: 'b' }).invite(['Supported: 100rel, replaces', 'Require: timer']))
    await t.settle()
    expect(t.session().status).toBe('ringing')
    expect(t.edge.last('SIP/2.0 180')).not.toMatch(/RSeq|Require/)
  })

  it.each(['4294967295', '99999999999', 'never', '-1'])(
    'that expires in %s s rings as any other',
    async (expires) => {
      const t = phoneOn()
      await t.start()
      t.edge.say(t.caller().invite([`Expires: ${expires}`]))
      await t.settle(1000)
      expect(t.session().status).toBe('ringing')
    },
  )

  it('that expires is given up when its time is over', async () => {
    const t = phoneOn()
    await t.start()
    t.edge.say(t.caller().invite(['Expires: 20']))
    await t.settle(19_000)
    expect(t.session().status).toBe('ringing')
    await t.settle(2000)
    expect(t.answersTo('INVITE').at(-1)).toBe('487')
    expect(t.session().status).toBe('ended')
  })
})

describe('an outgoing INVITE', () => {
  const dial = async () => {
    const edge = createFakeEdge(domain)
    const rows: NewTraceRow[] = []
    const endpoint = await createSipEndpoint({
      start: given,
      identity: toSipIdentity(given.instanceId),
      createSocket: edge.createSocket,
      report: (row) => rows.push(row),
      ringMs: 75_000,
      onInvite: () => {},
      describe: undefined,
    })
    const { userAgentCore: core } = endpoint.userAgent
    await endpoint.link.open('wss://edge.test', 1000)
    const register = async (headers: string[] = []) => {
      edge.onRegister = (text) => reply(text, '200 OK', [`Contact: ${header(text, 'Contact')}`, ...headers])
      await endpoint.link.register(300, 1000)
    }
    const invite = async () => {
      const target = new URI('sip', '3000', domain)
      const message = core.makeOutgoingRequestMessage(
        'INVITE',
        target,
        core.configuration.aor,
        target,
        {},
        [],
        {
          contentDisposition: 'session',
          contentType: 'application/sdp',
          content: goodOffer,
        },
      )
      const rejected: number[] = []
      core.invite(message, { onReject: ({ message: given }) => void rejected.push(given.statusCode ?? 0) })
      await vi.advanceTimersByTimeAsync(10)
      return { sent: () => edge.sent.filter((each) => each.startsWith('INVITE')), rejected }
    }
    return { edge, rows, register, invite, dispose: () => endpoint.dispose() }
  }
  const asks = (realm: string) =>
    `Proxy-Authenticate: Digest realm="${realm}", nonce="n1", algorithm=SHA-256, qop="auth"`

  it('challenged with 407 by our domain is sent again with credentials; by a stranger it is not', async () => {
    for (const [realm, count] of [
      [domain, 2],
      ['voipbin.test', 2],
      ['evil.example', 1],
    ] as const) {
      const t = await dial()
      const { sent, rejected } = await t.invite()
      t.edge.say(reply(sent()[0] ?? '', '407 Proxy Authentication Required', [asks(realm)]))
      await vi.advanceTimersByTimeAsync(10)
      expect(sent()).toHaveLength(count)
      expect(rejected).toEqual(count === 2 ? [] : [407])
      const [first = '', second = ''] = sent()
      if (count === 2) {
        expect(header(second, 'Proxy-Authorization')).toContain(`realm="${realm}"`)
        expect(header(second, 'Call-ID')).toBe(header(first, 'Call-ID'))
        expect(header(second, 'CSeq')).toBe('2 INVITE')
        expect(header(second, 'Via')).not.toBe(header(first, 'Via'))
      }
      // RFC 3261 section 17.1.1.3: the refused one is acknowledged all the same.
      expect(t.edge.count('ACK')).toBe(1)
      await t.dispose()
    }
  })

  it('takes the way that the registrar named with Service-Route, until it names none', async () => {
    const t = await dial()
    await t.register(['Service-Route: <sip:home.test;lr>'])
    const { sent } = await t.invite()
    expect(header(sent().at(-1) ?? '', 'Route')).toBe('<sip:home.test;lr>')
    await t.register()
    await t.invite()
    expect(header(sent().at(-1) ?? '', 'Route')).toBe('')
    await t.dispose()
  })
})
