// A TURN server as far as an allocation goes (RFC 8656 section 7), over UDP or TCP, with a login; it relays nothing.
import { createHash, createHmac } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'

export interface TurnServer {
  udp: number
  tcp: number
  /** Relays that are up. */
  readonly relays: () => number
  close(): void
}

interface TurnOptions {
  login: { username: string; password: string }
  /** Answers every allocation with this code, such as 486. */
  refuse?: number
  /** Over UDP it hears nothing. */
  deafToUdp?: boolean
}

const realm = 'relay.test'
const nonce = 'a1b2c3'

export async function openTurnServer({ login, refuse, deafToUdp = false }: TurnOptions): Promise<TurnServer> {
  let relays = 0
  const key = createHash('md5').update(`${login.username}:${realm}:${login.password}`).digest()
  const answer = (message: Buffer): Buffer => {
    const method = message.readUInt16BE(0)
    const id = message.subarray(4, 20)
    const error = (code: number) =>
      toMessage(0x0110 | method, id, [
        [0x0009, Buffer.concat([Buffer.from([0, 0, Math.floor(code / 100), code % 100]), Buffer.from('no')])],
        [0x0014, Buffer.from(realm)],
        [0x0015, Buffer.from(nonce)],
      ])
    const name = find(message, 0x0006)
    if (!name) return error(401)
    if (name.toString() !== login.username || !isSigned(message, key)) return error(401)
    if (refuse !== undefined) return error(refuse)
    if (method === 0x0004) relays -= 1
    else relays += 1
    return toMessage(0x0100 | method, id, [[0x0016, Buffer.from([0, 1, 0x31, 0x13, 0xe1, 0x12, 0xa6, 0x43])]])
  }
  const udp = createSocket('udp4')
  udp.on('message', (message, { port, address }) => {
    if (!deafToUdp) udp.send(answer(message), port, address)
  })
  udp.bind(0, '127.0.0.1')
  await once(udp, 'listening')
  const sockets = new Set<net.Socket>()
  const tcp = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (message: Buffer) => socket.write(answer(message)))
  })
  tcp.listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  return {
    udp: udp.address().port,
    tcp: (tcp.address() as AddressInfo).port,
    relays: () => relays,
    close() {
      udp.close()
      for (const socket of sockets) socket.destroy()
      tcp.close()
    },
  }
}

function toMessage(type: number, id: Buffer, attributes: Array<[number, Buffer]>): Buffer {
  const body = Buffer.concat(
    attributes.map(([kind, value]) => {
      const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4)
      bytes.writeUInt16BE(kind, 0)
      bytes.writeUInt16BE(value.length, 2)
      value.copy(bytes, 4)
      return bytes
    }),
  )
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(body.length, 2)
  return Buffer.concat([head, id, body])
}

function find(message: Buffer, wanted: number): Buffer | undefined {
  for (let at = 20; at + 4 <= message.length; ) {
    const [kind, length] = [message.readUInt16BE(at), message.readUInt16BE(at + 2)]
    if (kind === wanted) return message.subarray(at + 4, at + 4 + length)
    at += 4 + Math.ceil(length / 4) * 4
  }
  return undefined
}

/** MESSAGE-INTEGRITY is the last attribute: 24 bytes, over all before it (RFC 8489 section 14.5). */
function isSigned(message: Buffer, key: Buffer): boolean {
  const signed = message.subarray(0, message.length - 24)
  return createHmac('sha1', key).update(signed).digest().equals(message.subarray(-20))
}
