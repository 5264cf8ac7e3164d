// STUN messages as bytes: binding, and allocation of a relay (RFC 8489 section 5 and 9.2, RFC 8656 section 7).
import { createHash, createHmac, randomBytes } from 'node:crypto'

const cookie = 0x2112a442

export const methods = { binding: 0x0001, allocate: 0x0003, refresh: 0x0004 } as const

const types = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  lifetime: 0x000d,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  transport: 0x0019,
  mapped: 0x0020,
} as const

/** Long-term credential (RFC 8489 section 9.2). */
export interface StunLogin {
  username: string
  password: string
  realm: string
  nonce: string
}

export interface StunAnswer {
  isSuccess: boolean
  /** `401 Unauthorized`; 0 without one. */
  code: number
  reason: string
  realm: string
  nonce: string
  /** `203.0.113.7:40112`: how the server sees us, and where it would relay. */
  mapped?: string
  relayed?: string
}

/** A request with a transaction of its own. `lifetime` in seconds. */
export function toRequest(
  method: number,
  more: { udpRelay?: boolean; lifetime?: number; login?: StunLogin } = {},
): { id: Buffer; bytes: Buffer } {
  const id = randomBytes(12)
  const attributes: Buffer[] = []
  // 17 is UDP (RFC 8656 section 18.7).
  if (more.udpRelay) attributes.push(attribute(types.transport, Buffer.from([17, 0, 0, 0])))
  if (more.lifetime !== undefined) {
    const seconds = Buffer.alloc(4)
    seconds.writeUInt32BE(more.lifetime)
    attributes.push(attribute(types.lifetime, seconds))
  }
  if (more.login) {
    const { username, realm, nonce } = more.login
    attributes.push(attribute(types.username, Buffer.from(username)))
    attributes.push(attribute(types.realm, Buffer.from(realm)))
    attributes.push(attribute(types.nonce, Buffer.from(nonce)))
  }
  const body = Buffer.concat(attributes)
  if (!more.login) return { id, bytes: Buffer.concat([head(method, body.length, id), body]) }
  // The length counts the integrity, the hash does not (RFC 8489 section 14.5).
  const signed = Buffer.concat([head(method, body.length + 24, id), body])
  const hash = createHmac('sha1', toKey(more.login)).update(signed).digest()
  return { id, bytes: Buffer.concat([signed, attribute(types.integrity, hash)]) }
}

const toKey = ({ username, realm, password }: StunLogin): Buffer =>
  createHash('md5').update(`${username}:${realm}:${password}`).digest()

function head(method: number, length: number, id: Buffer): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16BE(method, 0)
  bytes.writeUInt16BE(length, 2)
  bytes.writeUInt32BE(cookie, 4)
  return Buffer.concat([bytes, id])
}

function attribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + value.length + ((4 - (value.length % 4)) % 4))
  bytes.writeUInt16BE(type, 0)
  bytes.writeUInt16BE(value.length, 2)
  value.copy(bytes, 4)
  return bytes
}

/** The answer to the request with this id; nothing for anything else. Never throws. */
export function readAnswer(bytes: Buffer, id: Buffer): StunAnswer | undefined {
  if (bytes.length < 20 || bytes.readUInt32BE(4) !== cookie || !bytes.subarray(8, 20).equals(id))
    return undefined
  // Class: 0b10 success, 0b11 error (RFC 8489 section 5).
  const kind = bytes.readUInt16BE(0) & 0x0110
  if (kind !== 0x0100 && kind !== 0x0110) return undefined
  const answer: StunAnswer = { isSuccess: kind === 0x0100, code: 0, reason: '', realm: '', nonce: '' }
  const end = Math.min(bytes.length, 20 + bytes.readUInt16BE(2))
  for (let at = 20; at + 4 <= end; ) {
    const [type, length] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)]
    if (at + 4 + length > end) break
    readInto(answer, type, bytes.subarray(at + 4, at + 4 + length), id)
    at += 4 + length + ((4 - (length % 4)) % 4)
  }
  return answer
}

function readInto(answer: StunAnswer, type: number, value: Buffer, id: Buffer): void {
  if (type === types.error && value.length >= 4) {
    answer.code = ((value[2] ?? 0) & 7) * 100 + (value[3] ?? 0)
    answer.reason = value.subarray(4).toString('utf8').slice(0, 120)
  } else if (type === types.realm) answer.realm = value.toString('utf8')
  else if (type === types.nonce) answer.nonce = value.toString('utf8')
  else if (type === types.mapped) Object.assign(answer, toPart('mapped', readAddress(value, id)))
  else if (type === types.relayed) Object.assign(answer, toPart('relayed', readAddress(value, id)))
}

const toPart = (name: 'mapped' | 'relayed', address: string | undefined) =>
  address ? { [name]: address } : {}

/** XOR-MAPPED-ADDRESS and its like (RFC 8489 section 14.2). */
function readAddress(value: Buffer, id: Buffer): string | undefined {
  if (value.length < 8) return undefined
  const port = value.readUInt16BE(2) ^ (cookie >>> 16)
  const mask = Buffer.concat([Buffer.from([0x21, 0x12, 0xa4, 0x42]), id])
  const plain = value.subarray(4).map((byte, at) => byte ^ (mask[at] ?? 0))
  if (value[1] === 1) return `${plain.subarray(0, 4).join('.')}:${port}`
  if (value[1] !== 2 || plain.length < 16) return undefined
  const groups = Array.from({ length: 8 }, (_, at) =>
    Buffer.from(plain)
      .readUInt16BE(at * 2)
      .toString(16),
  )
  return `[${groups.join(':')}]:${port}`
}

/** The first whole message in a stream, where its length says it ends; nothing yet when it is not all there. */
export function takeMessage(bytes: Buffer): Buffer | undefined {
  const length = bytes.length < 4 ? Number.POSITIVE_INFINITY : 20 + bytes.readUInt16BE(2)
  return bytes.length >= length ? bytes.subarray(0, length) : undefined
}
