// One fault each, planted into a lab that is well otherwise: what a tester's network may have.
import type { ErrorCode } from '../../../common/kit/errors.ts'
import type { CheckId } from '../../../common/model/doctor.ts'
import { createCertificate } from '../../support/certificate.ts'
import { openConnectProxy } from '../../support/connect-proxy.ts'
import { freePort, type Lab, openLab as open, openSilence, openStunServer } from '../../support/fault-lab.ts'
import { openTurnServer } from '../../support/turn-server.ts'

export interface Fault {
  title: string
  check: CheckId
  code: ErrorCode
  /** The lab is the caller's to close. */
  plant(): Promise<Lab>
}

const html = (status: number, headers: Record<string, string> = {}) =>
  open({
    answer: (_, response) =>
      response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<html>'),
  })

const withTls = async (name: string, altName?: string) => open({ tls: createCertificate(name, altName) })

export const faults: Fault[] = [
  {
    title: 'no adapter with an address',
    check: 'adapters',
    code: 'doctor.noNetwork',
    async plant() {
      const it = await open({ host: 'api.pbx.test' })
      it.machine = {
        ...it.machine,
        adapters: () => [{ name: 'wlan0', address: '169.254.3.4', internal: false }],
      }
      return it
    },
  },
  {
    title: 'a name that nobody knows',
    check: 'name',
    code: 'network.nameUnknown',
    plant: () => withLookup('ENOTFOUND'),
  },
  {
    title: 'a name server that is silent',
    check: 'name',
    code: 'doctor.nameServerSilent',
    plant: () => withLookup('EAI_AGAIN'),
  },
  {
    title: 'a proxy that forbids the server',
    check: 'proxy',
    code: 'network.proxyFailed',
    plant: () => withProxy((proxy) => Object.assign(proxy, { refuse: 403 })),
  },
  {
    title: 'a proxy that wants a password',
    check: 'proxy',
    code: 'network.proxyLogin',
    plant: () => withProxy((proxy) => Object.assign(proxy, { login: 'anna:secret' })),
  },
  {
    title: 'a port where nobody listens',
    check: 'connect',
    code: 'network.refused',
    async plant() {
      const it = await open()
      it.target = { ...it.target, apiUrl: new URL(`http://127.0.0.1:${await freePort()}`) }
      return it
    },
  },
  {
    title: 'an IPv6 address that leads nowhere',
    check: 'ipv6',
    code: 'doctor.ipv6Broken',
    async plant() {
      const it = await open({ host: 'api.pbx.test' })
      const both = [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ]
      it.machine = { ...it.machine, lookup: async () => both }
      return it
    },
  },
  {
    title: 'a clock ten minutes ahead',
    check: 'clock',
    code: 'doctor.clockOff',
    async plant() {
      const it = await open()
      it.machine = { ...it.machine, now: () => Date.now() + 600_000 }
      return it
    },
  },
  {
    title: 'a certificate signed by nobody known',
    check: 'encryption',
    code: 'network.untrusted',
    plant: () => withTls('127.0.0.1', 'IP:127.0.0.1'),
  },
  {
    title: 'a certificate signed by a product that inspects',
    check: 'encryption',
    code: 'doctor.intercepted',
    plant: () => withTls('Zscaler Root CA', 'IP:127.0.0.1'),
  },
  {
    title: 'a server that speaks no TLS',
    check: 'encryption',
    code: 'doctor.noEncryption',
    async plant() {
      const it = await open()
      it.target = { ...it.target, apiUrl: new URL(it.target.apiUrl.href.replace('http:', 'https:')) }
      return it
    },
  },
  {
    title: 'a portal that leads elsewhere',
    check: 'api',
    code: 'doctor.portal',
    plant: () => html(302, { location: 'http://portal.example/login?session=abc' }),
  },
  { title: 'a portal that says so', check: 'api', code: 'doctor.portal', plant: () => html(511) },
  { title: 'a web site instead of an API', check: 'api', code: 'doctor.notVoipbin', plant: () => html(200) },
  { title: 'a server that is broken', check: 'api', code: 'platform.unavailable', plant: () => html(503) },
  {
    title: 'a proxy that drops the upgrade',
    check: 'events',
    code: 'doctor.upgradeLost',
    plant: () =>
      open({
        upgrade: ({ url }, socket) =>
          socket.end(
            url === '/v1.0/ws'
              ? 'HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n'
              : 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-protocol: sip\r\n\r\n',
          ),
      }),
  },
  {
    title: 'an edge whose port is closed',
    check: 'edge',
    code: 'doctor.edgeUnreachable',
    plant: async () => withEdge(`ws://127.0.0.1:${await freePort()}`),
  },
  {
    title: 'an edge that is a web server',
    check: 'edge',
    code: 'doctor.edgeNotSip',
    async plant() {
      const it = await open({
        upgrade: (_, socket) => socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n'),
      })
      return it
    },
  },
  {
    title: 'a server that takes the connection and says nothing',
    check: 'api',
    code: 'network.timeout',
    plant: () => open({ answer: () => {} }),
  },
  {
    title: 'STUN servers whose names nobody knows',
    check: 'stun',
    code: 'network.nameUnknown',
    async plant() {
      const it = await open()
      it.machine = {
        ...it.machine,
        lookup: async () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })),
      }
      it.target = { ...it.target, iceServers: [{ urls: 'stun:one.example' }, { urls: 'stun:two.example' }] }
      return it
    },
  },
  {
    title: 'one STUN server of two that is silent',
    check: 'stun',
    code: 'doctor.stunSilent',
    async plant() {
      const it = await open()
      const { udp } = await openSilence(it.later)
      it.target = {
        ...it.target,
        iceServers: [...it.target.iceServers.slice(1), { urls: `stun:127.0.0.1:${udp}` }],
      }
      return it
    },
  },
  {
    title: 'a firewall that swallows UDP',
    check: 'stun',
    code: 'doctor.udpBlocked',
    async plant() {
      const it = await open()
      const [one, two] = [await openSilence(it.later), await openSilence(it.later)]
      it.target = {
        ...it.target,
        iceServers: [{ urls: `stun:127.0.0.1:${one.udp}` }, { urls: `stun:127.0.0.1:${two.udp}` }],
      }
      return it
    },
  },
  {
    title: 'an address translation with a port for each server',
    check: 'nat',
    code: 'doctor.natStrict',
    async plant() {
      const it = await open()
      const other = await openStunServer(it.later, 7)
      it.target = {
        ...it.target,
        iceServers: [...it.target.iceServers.slice(1), { urls: `stun:127.0.0.1:${other}` }],
      }
      return it
    },
  },
  {
    title: 'a relay with another password',
    check: 'turn',
    code: 'doctor.turnLogin',
    plant: () => withTurn({}, 'wrong'),
  },
  {
    title: 'a relay that is full',
    check: 'turn',
    code: 'doctor.turnRefused',
    plant: () => withTurn({ refuse: 486 }),
  },
  {
    title: 'a relay behind a closed port',
    check: 'turn',
    code: 'doctor.turnUnreachable',
    async plant() {
      const it = await open()
      const urls = `turn:127.0.0.1:${await freePort()}?transport=tcp`
      it.target = { ...it.target, iceServers: [...it.target.iceServers, { urls, ...turnLogin }] }
      return it
    },
  },
  {
    title: 'UDP that is swallowed before a relay that works over TCP',
    check: 'turn',
    code: 'doctor.udpBlocked',
    async plant() {
      const it = await withTurn({ deafToUdp: true })
      // One STUN server only, and it is the deaf relay: the silence alone would be blamed on the server.
      it.target = { ...it.target, iceServers: it.target.iceServers.slice(2) }
      return it
    },
  },
  {
    title: 'a certificate that has ended',
    check: 'encryption',
    code: 'doctor.certificateEnded',
    async plant() {
      const later = Date.now() + 31_536_000_000
      const it = await open({
        tls: createCertificate('127.0.0.1', 'IP:127.0.0.1'),
        // A year on, by the clock of the lab and that of the server.
        answer: (_, response) =>
          response.setHeader('date', new Date(later).toUTCString()).end('{"message":"pong"}'),
      })
      it.machine = { ...it.machine, now: () => later }
      return it
    },
  },
  {
    title: 'a certificate of another server',
    check: 'encryption',
    code: 'doctor.certificateName',
    async plant() {
      const certificate = createCertificate('www.example', 'DNS:www.example')
      const it = await open({ tls: certificate })
      it.reach = { pins: [], authorities: [certificate.cert] }
      return it
    },
  },
  {
    title: 'a VPN that is up',
    check: 'adapters',
    code: 'doctor.tunnel',
    async plant() {
      const it = await open()
      const both = [...it.machine.adapters(), { name: 'tun0', address: '10.8.0.2', internal: false }]
      it.machine = { ...it.machine, adapters: () => both }
      return it
    },
  },
]

const turnLogin = { username: 'anna', credential: 'secret' }

async function withTurn(more: { refuse?: number; deafToUdp?: boolean }, credential = 'secret'): Promise<Lab> {
  const it = await open()
  const server = await openTurnServer({ login: { username: 'anna', password: 'secret' }, ...more })
  it.later(() => server.close())
  const urls = [`turn:127.0.0.1:${server.udp}`, `turn:127.0.0.1:${server.tcp}?transport=tcp`]
  const servers = urls.map((each) => ({ urls: each, username: 'anna', credential }))
  it.target = { ...it.target, iceServers: [...it.target.iceServers, ...servers] }
  return it
}

async function withLookup(code: string): Promise<Lab> {
  const it = await open({ host: 'api.pbx.test' })
  // The edge is a number: the name alone is what fails.
  it.target = {
    ...it.target,
    edges: it.target.edges.map((edge) => edge.replace('api.pbx.test', '127.0.0.1')),
  }
  const lookup = async () => Promise.reject(Object.assign(new Error(code), { code }))
  it.machine = {
    ...it.machine,
    lookup: async (host) => (host === 'api.pbx.test' ? lookup() : [{ address: host, family: 4 }]),
  }
  return it
}

async function withProxy(
  set: (proxy: Awaited<ReturnType<typeof openConnectProxy>>) => unknown,
): Promise<Lab> {
  const it = await open({ host: 'api.pbx.test' })
  const proxy = await openConnectProxy()
  set(proxy)
  it.later(() => proxy.close())
  it.target = {
    ...it.target,
    edges: it.target.edges.map((edge) => edge.replace('api.pbx.test', '127.0.0.1')),
  }
  it.reach = { pins: [], proxyFor: async () => new URL(proxy.url) }
  return it
}

async function withEdge(edge: string): Promise<Lab> {
  const it = await open()
  it.target = { ...it.target, edges: [edge] }
  return it
}
