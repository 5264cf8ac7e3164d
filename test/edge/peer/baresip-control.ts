// The conversation with a running baresip: JSON in netstrings over TCP, commands one way and events the other.
import { connect, type Socket } from 'node:net'
import { createUntil } from '../../support/until.ts'
import { createFacts, type Facts, nowMs } from './facts.ts'

export interface BaresipEvent {
  at: number
  /** `REGISTER_OK`, `CALL_INCOMING`, `CALL_ESTABLISHED`, `CALL_CLOSED`, … */
  type: string
  /** What baresip adds: the reason of an end, for example. */
  param: string
}

export interface BaresipControl {
  readonly events: Facts<BaresipEvent>
  command(command: string, params?: string): void
  close(): void
}

const until = createUntil(20, 10_000)

/** Tries until baresip listens. */
export async function openControl(port: number): Promise<BaresipControl> {
  const socket = await until('baresip to listen', () => tryConnect(port))
  const events = createFacts<BaresipEvent>(({ type, param }) => `${type} ${param}`)
  let rest = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const [text, left] = takeNetstring(rest)
      if (text === undefined) return
      rest = left
      const said = JSON.parse(text) as { event?: boolean; type?: string; param?: string }
      if (said.event) events.tell({ at: nowMs(), type: said.type ?? '', param: said.param ?? '' })
    }
  })
  return {
    events,
    command(command, params) {
      const text = JSON.stringify({ command, ...(params === undefined ? {} : { params }) })
      socket.write(`${Buffer.byteLength(text)}:${text},`)
    },
    close: () => void socket.destroy(),
  }
}

function tryConnect(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.removeAllListeners('error')
      resolve(socket)
    })
    socket.once('error', () => resolve(undefined))
  })
}

/** `12:hello world!,` and what comes behind it. */
function takeNetstring(bytes: Buffer<ArrayBuffer>): [string | undefined, Buffer<ArrayBuffer>] {
  const colon = bytes.indexOf(':')
  if (colon < 1) return [undefined, bytes]
  const length = Number(bytes.toString('latin1', 0, colon))
  if (bytes.length < colon + 1 + length + 1) return [undefined, bytes]
  return [bytes.toString('utf8', colon + 1, colon + 1 + length), bytes.subarray(colon + length + 2)]
}
