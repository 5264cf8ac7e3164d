// Questions to STUN and TURN servers over UDP, TCP and TLS, each with its patience.
import { createSocket, type Socket } from 'node:dgram'
import { isIPv6, type Socket as TcpSocket } from 'node:net'
import type { Look } from './check.ts'
import type { IceAddress } from './ice-address.ts'
import { methods, readAnswer, type StunAnswer, type StunLogin, takeMessage, toRequest } from './stun-wire.ts'
import { connectTo, lookUp, showCertificate } from './wire.ts'

/** RFC 8489 section 6.2.1 waits 500 ms first and doubles it. */
const askAgainMs = [0, 500, 1_500]

/** Which answer, and for how long. */
interface Wait {
  id: Buffer
  patienceMs: number
}

type Send = (bytes: Buffer, id: Buffer) => Promise<StunAnswer | undefined>

/** One UDP socket for all of them: only so can their answers be compared. */
export async function openUdp(look: Look, family: 4 | 6 = 4) {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4')
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(0, resolve)
  })
  socket.on('error', () => {})
  look.signal.addEventListener('abort', () => close(socket), { once: true })
  return {
    to:
      (address: string, port: number): Send =>
      (bytes, id) =>
        exchangeUdp(socket, { address, port }, bytes, { id, patienceMs: look.patienceMs }),
    close: () => close(socket),
  }
}

function close(socket: Socket): void {
  try {
    socket.close()
  } catch {
    // Closed already.
  }
}

/** Nothing within the patience: no answer. */
function exchangeUdp(
  socket: Socket,
  { address, port }: { address: string; port: number },
  bytes: Buffer,
  { id, patienceMs }: Wait,
) {
  return new Promise<StunAnswer | undefined>((resolve) => {
    const timers = askAgainMs.map((ms) => setTimeout(() => send(), ms))
    const finish = (answer: StunAnswer | undefined) => {
      for (const timer of timers) clearTimeout(timer)
      clearTimeout(late)
      socket.off('message', onMessage)
      resolve(answer)
    }
    const late = setTimeout(() => finish(undefined), patienceMs)
    const onMessage = (message: Buffer) => {
      const answer = readAnswer(message, id)
      if (answer) finish(answer)
    }
    const send = () => {
      try {
        socket.send(bytes, port, address, () => {})
      } catch {
        finish(undefined)
      }
    }
    socket.on('message', onMessage)
  })
}

/** A stream to a TURN server. Rejects with Node's codes; over TLS with `fault` when no browser would trust it. */
async function openStream({ host, port, way }: IceAddress, look: Look): Promise<TcpSocket> {
  const socket = await connectTo(host, port, look)
  if (way !== 'tls') return socket
  const shown = await showCertificate(socket, host, look)
  if (shown.isTrusted) return shown.socket
  shown.socket.destroy()
  throw new Distrust(shown.fault)
}

/** Its code is Node's word for what is wrong with the certificate. */
class Distrust extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

function exchangeStream(socket: TcpSocket, bytes: Buffer, { id, patienceMs }: Wait) {
  return new Promise<StunAnswer | undefined>((resolve) => {
    let got: Buffer = Buffer.alloc(0)
    const finish = (answer: StunAnswer | undefined) => {
      clearTimeout(late)
      socket.off('data', onData)
      socket.off('close', onClose)
      resolve(answer)
    }
    const onClose = () => finish(undefined)
    const onData = (more: Buffer) => {
      got = Buffer.concat([got, more])
      const message = takeMessage(got)
      const answer = message && readAnswer(message, id)
      if (answer) finish(answer)
      else if (got.length > 4_096) finish(undefined)
    }
    const late = setTimeout(() => finish(undefined), patienceMs)
    socket.on('data', onData)
    socket.once('close', onClose)
    socket.write(bytes)
  })
}

/** Whatever a server answers has come back. A relay that knows no binding may still refuse an allocation. */
export async function askBinding(send: Send): Promise<StunAnswer | undefined> {
  const [binding, allocate] = [toRequest(methods.binding), toRequest(methods.allocate, { udpRelay: true })]
  const [answer, refusal] = await Promise.all([
    send(binding.bytes, binding.id),
    send(allocate.bytes, allocate.id),
  ])
  return answer ?? refusal
}

/** What came of asking for a relay. `silent`: no answer at all. */
export type Relay =
  | { came: 'relay'; address: string; mapped: string | undefined }
  | { came: 'silent' | 'unreachable' | 'untrusted'; why: string }
  | { came: 'login' | 'refused'; why: string }

/** Allocates a relay and gives it back at once (RFC 8656 section 7 and 8). */
export async function askRelay(
  server: IceAddress,
  login: { username: string; password: string },
  look: Look,
): Promise<Relay> {
  try {
    if (server.way !== 'udp') {
      const socket = await openStream(server, look)
      try {
        return await allocate(
          (bytes, id) => exchangeStream(socket, bytes, { id, patienceMs: look.patienceMs }),
          login,
        )
      } finally {
        socket.destroy()
      }
    }
    const addresses = await lookUp(server.host, look)
    const found = addresses.find(({ family }) => family === 4) ?? addresses[0]
    const udp = await openUdp(look, found?.family === 6 ? 6 : 4)
    try {
      return await allocate(udp.to(found?.address ?? server.host, server.port), login)
    } finally {
      udp.close()
    }
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
    return { came: thrown instanceof Distrust ? 'untrusted' : 'unreachable', why: code }
  }
}

async function allocate(
  send: Send,
  { username, password }: { username: string; password: string },
): Promise<Relay> {
  const first = toRequest(methods.allocate, { udpRelay: true })
  let answer = await send(first.bytes, first.id)
  // 401 asks for the login and brings realm and nonce; 438 says the nonce has ended meanwhile.
  for (let tries = 0; answer && [401, 438].includes(answer.code) && tries < 2; tries += 1) {
    if (tries > 0 && answer.code === 401) break
    const full: StunLogin = { username, password, realm: answer.realm, nonce: answer.nonce }
    const next = toRequest(methods.allocate, { udpRelay: true, login: full })
    answer = await send(next.bytes, next.id)
    if (!answer?.isSuccess) continue
    const back = toRequest(methods.refresh, { lifetime: 0, login: full })
    await send(back.bytes, back.id)
  }
  if (!answer) return { came: 'silent', why: 'no answer' }
  if (answer.isSuccess) return { came: 'relay', address: answer.relayed ?? '', mapped: answer.mapped }
  const why = `${answer.code} ${answer.reason}`.trim()
  return { came: answer.code === 401 || answer.code === 441 ? 'login' : 'refused', why }
}

/** `[2001:db8::1]:3478` */
export const toPlace = ({ host, port }: Pick<IceAddress, 'host' | 'port'>): string =>
  `${isIPv6(host) ? `[${host}]` : host}:${port}`
