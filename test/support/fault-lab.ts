// A network with exactly one fault, on loopback: a VoIPBIN that is well, and what can be broken about it.
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import { createStore } from 'zustand/vanilla'
import { sliceOf } from '../../common/kit/slice.ts'
import { type DoctorRun, initialDoctorRun } from '../../common/model/doctor.ts'
import type { Machine, Target } from '../../main/doctor/check.ts'
import { createDoctor } from '../../main/doctor/doctor.ts'
import type { Reach } from '../../main/platform/tls.ts'

export interface Lab {
  /** What a healthy companion would be told; change it before `examine`. */
  target: Target
  machine: Machine
  reach: Reach
  /** Closed with the lab. */
  later: Later
  examine(): Promise<DoctorRun>
  close(): Promise<void>
}

/** Takes what has to be closed. */
export type Later = (close: () => unknown) => void

interface LabOptions {
  /** Encrypted with this; plain otherwise. */
  tls?: { key: string; cert: string }
  /** The name in the address; it leads to loopback. */
  host?: string
  /** Instead of a VoIPBIN's answer. */
  answer?: (request: http.IncomingMessage, response: http.ServerResponse) => void
  /** Instead of the answers to the handshakes for events and SIP. */
  upgrade?: (request: http.IncomingMessage, socket: net.Socket) => void
}

/** A VoIPBIN and its edge on one port, two STUN servers, and a doctor who looks at them. */
export async function openLab(options: LabOptions = {}): Promise<Lab> {
  const closers: Array<() => unknown> = []
  const later: Later = (close) => void closers.push(close)
  const api = await openServer(options, later)
  const [one, two] = [await openStunServer(later), await openStunServer(later)]
  const host = options.host ?? '127.0.0.1'
  const scheme = options.tls ? 's' : ''
  const store = createStore<{ doctor: DoctorRun }>(() => ({ doctor: initialDoctorRun }))
  const lab: Lab = {
    target: {
      apiUrl: new URL(`http${scheme}://${host}:${api}`),
      edges: [`ws${scheme}://${host}:${api}/`],
      iceServers: [{ urls: `stun:127.0.0.1:${one}` }, { urls: `stun:127.0.0.1:${two}` }],
    },
    machine: {
      lookup: async () => [{ address: '127.0.0.1', family: 4 }],
      adapters: () => [{ name: 'eth0', address: '192.0.2.10', internal: false }],
      now: Date.now,
    },
    reach: { pins: [] },
    later,
    examine: () =>
      createDoctor({
        slice: sliceOf(store, 'doctor'),
        machine: lab.machine,
        reach: lab.reach,
        target: async () => lab.target,
        // All of it is on this machine.
        patienceMs: 800,
      }).run(),
    async close() {
      for (const close of closers.reverse()) await close()
    },
  }
  return lab
}

async function openServer({ tls, answer = pong, upgrade = shake }: LabOptions, later: Later) {
  const server = tls ? https.createServer(tls, answer) : http.createServer(answer)
  const sockets = new Set<net.Socket>()
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  server.on('tlsClientError', () => {})
  server.on('upgrade', (request, socket) => {
    socket.on('error', () => {})
    upgrade(request, socket as net.Socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  later(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const pong = (request: http.IncomingMessage, response: http.ServerResponse) => {
  response.setHeader('content-type', 'application/json')
  response.writeHead(request.url === '/ping' ? 200 : 404).end('{"message":"pong"}')
}

/** The edge takes `sip`; events without a credential are refused. */
const shake = ({ url, headers }: http.IncomingMessage, socket: net.Socket) => {
  const isSip = headers['sec-websocket-protocol'] === 'sip'
  if (url === '/v1.0/ws' || !isSip) socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n')
  else
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-protocol: sip\r\n\r\n',
    )
}

/** Answers bindings with where they came from; `portShift` plays a NAT that gives each server another port. */
export async function openStunServer(later: Later, portShift = 0): Promise<number> {
  const socket: Socket = createSocket('udp4')
  socket.on('message', (message, { address, port }) => {
    const value = Buffer.alloc(8)
    value.writeUInt8(1, 1)
    value.writeUInt16BE((port + portShift) ^ 0x2112, 2)
    address.split('.').forEach((part, at) => {
      value.writeUInt8(Number(part) ^ ([0x21, 0x12, 0xa4, 0x42][at] ?? 0), 4 + at)
    })
    const answer = Buffer.concat([
      Buffer.from([1, 1, 0, 12]),
      message.subarray(4, 20),
      Buffer.from([0, 0x20, 0, 8]),
      value,
    ])
    socket.send(answer, port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  later(() => socket.close())
  return socket.address().port
}

/** A port that takes datagrams and connections and never says a word. */
export async function openSilence(later: Later): Promise<{ tcp: number; udp: number }> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const udp = createSocket('udp4')
  udp.bind(0, '127.0.0.1')
  await once(udp, 'listening')
  later(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
    udp.close()
  })
  return { tcp: (server.address() as AddressInfo).port, udp: udp.address().port }
}

/** A port where nobody listens. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
