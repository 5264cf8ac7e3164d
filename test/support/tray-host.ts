// A D-Bus of the test's own with somebody who stands for the tray's panel: just enough for a shell that asks for one.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { connect, type Socket } from 'node:net'

export interface TrayHost {
  /** For `DBUS_SESSION_BUS_ADDRESS`. */
  address: string
  /** What was called on the panel: `RegisterStatusNotifierItem` when an icon appeared. */
  readonly calls: readonly string[]
  close(): void
}

export const hasBus = spawnSync('dbus-daemon', ['--version']).status === 0

export async function openTrayHost(): Promise<TrayHost> {
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const address = (await firstLine(bus)).trim()
  const file = /unix:(?:path|abstract)=([^,]+)/.exec(address)?.[1] ?? ''
  const socket = connect(address.startsWith('unix:abstract') ? `\0${file}` : file)
  const calls: string[] = []
  await logIn(socket)
  let serial = 0
  socket.on('data', (data: Buffer) => {
    for (const asked of toAsked(data)) {
      calls.push(asked.member)
      socket.write(toReply(++serial, asked))
    }
  })
  const call = (member: string, signature: string, body: Buffer) =>
    socket.write(toCall(++serial, member, signature, body))
  call('Hello', '', Buffer.alloc(0))
  call('RequestName', 'su', Buffer.concat([toText('org.kde.StatusNotifierWatcher'), toNumber(4)]))
  return {
    address,
    calls,
    close() {
      socket.destroy()
      bus.kill()
    },
  }
}

function firstLine(bus: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    bus.stdout?.once('data', (data: Buffer) => resolve(data.toString()))
    bus.once('exit', () => reject(new Error('dbus-daemon ended')))
  })
}

/** D-Bus specification, "Authentication Protocol": who we are is what the socket says. */
function logIn(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
    socket.write(`\0AUTH EXTERNAL ${user}\r\n`)
    socket.once('data', (answer: Buffer) => {
      if (!answer.toString().startsWith('OK')) return reject(new Error(answer.toString()))
      socket.write('BEGIN\r\n')
      resolve()
    })
  })
}

const toNumber = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const padTo = (bytes: Buffer, size: number) =>
  Buffer.concat([bytes, Buffer.alloc((size - (bytes.length % size)) % size)])
const toText = (text: string) => padTo(Buffer.concat([toNumber(text.length), Buffer.from(`${text}\0`)]), 4)

/** A method call of the bus itself; header fields are a code and a variant each, from a multiple of eight on. */
function toCall(serial: number, member: string, signature: string, body: Buffer): Buffer {
  const bus = 'org.freedesktop.DBus'
  const fields = Buffer.concat([
    toField(1, 'o', '/org/freedesktop/DBus'),
    toField(6, 's', bus),
    toField(2, 's', bus),
    toField(3, 's', member),
    toSignature(signature),
  ])
  return toMessage(1, serial, fields, body)
}

interface Asked {
  member: string
  sender: string
  serial: number
}

/** The method calls of a chunk; their fields are found by code and type, which is all that a test needs. */
function toAsked(data: Buffer): Asked[] {
  const asked: Asked[] = []
  for (let at = 0; at + 16 <= data.length; ) {
    const fields = data.readUInt32LE(at + 12)
    const head = data.toString('latin1', at + 16, at + 16 + fields)
    const text = (code: number) =>
      new RegExp(`${String.fromCharCode(code)}\x01s\x00.\x00\x00\x00([^\x00]+)\x00`, 's').exec(head)?.[1] ??
      ''
    if (data[at + 1] === 1)
      asked.push({ member: text(3), sender: text(7), serial: data.readUInt32LE(at + 8) })
    at += 16 + Math.ceil(fields / 8) * 8 + data.readUInt32LE(at + 4)
  }
  return asked
}

/** A property is true (a panel stands behind this name); everything else is done. */
function toReply(serial: number, { member, sender, serial: answered }: Asked): Buffer {
  const isTrue = Buffer.from([1, 'b'.charCodeAt(0), 0, 0, 1, 0, 0, 0])
  const body = member === 'Get' ? isTrue : Buffer.alloc(0)
  const fields = Buffer.concat([
    Buffer.from([5, 1, 'u'.charCodeAt(0), 0]),
    toNumber(answered),
    toField(6, 's', sender),
    toSignature(body.length > 0 ? 'v' : ''),
  ])
  return toMessage(2, serial, fields, body)
}

const toField = (code: number, type: 'o' | 's', value: string) =>
  padTo(Buffer.concat([Buffer.from([code, 1, type.charCodeAt(0), 0]), toText(value)]), 8)
const toSignature = (signature: string) =>
  Buffer.from([8, 1, 'g'.charCodeAt(0), 0, signature.length, ...Buffer.from(`${signature}\0`)])

function toMessage(type: 1 | 2, serial: number, fields: Buffer, body: Buffer): Buffer {
  const start = Buffer.from(['l'.charCodeAt(0), type, 0, 1])
  const head = Buffer.concat([
    start,
    toNumber(body.length),
    toNumber(serial),
    toNumber(fields.length),
    fields,
  ])
  return Buffer.concat([padTo(head, 8), body])
}
