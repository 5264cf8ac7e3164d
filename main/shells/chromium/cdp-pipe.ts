// The DevTools protocol over a pipe: JSON messages that end with a NUL byte.
import type { Readable, Writable } from 'node:stream'

export type CdpParams = Record<string, unknown>

export interface CdpEvent {
  method: string
  params: CdpParams
  sessionId: string | undefined
}

export interface Cdp {
  /** Rejects when the browser refuses the command or is gone. */
  send(method: string, params?: CdpParams, sessionId?: string): Promise<CdpParams>
  onEvent(listener: (event: CdpEvent) => void): () => void
  /** Resolves when the pipe has ended, whoever ended it. */
  readonly closed: Promise<void>
}

interface Message {
  id?: number
  method?: string
  params?: CdpParams
  result?: CdpParams
  error?: { message: string }
  sessionId?: string
}

interface Waiting {
  method: string
  resolve(result: CdpParams): void
  reject(error: Error): void
}

export function openCdpPipe(commands: Writable, answers: Readable): Cdp {
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(event: CdpEvent) => void>()
  let lastId = 0
  let ended = false
  let markClosed = () => {}
  const closed = new Promise<void>((resolve) => {
    markClosed = resolve
  })

  const end = () => {
    if (ended) return
    ended = true
    for (const { method, reject } of waiting.values()) reject(new Error(`${method}: the browser is gone`))
    waiting.clear()
    markClosed()
  }

  const receive = (message: Message) => {
    if (message.id !== undefined) {
      const waiter = waiting.get(message.id)
      waiting.delete(message.id)
      if (message.error) waiter?.reject(new Error(`${waiter.method}: ${message.error.message}`))
      else waiter?.resolve(message.result ?? {})
    } else if (message.method !== undefined) {
      const { method, params = {}, sessionId } = message
      for (const listener of [...listeners]) listener({ method, params, sessionId })
    }
  }

  splitAtNul(answers, (text) => receive(JSON.parse(text) as Message))
  for (const stream of [commands, answers]) stream.on('error', end).on('close', end)
  answers.on('end', end)

  return {
    closed,
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(new Error(`${method}: the browser is gone`))
        const id = ++lastId
        waiting.set(id, { method, resolve, reject })
        commands.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
      }),
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function splitAtNul(stream: Readable, onText: (text: string) => void): void {
  let parts: Buffer[] = []
  stream.on('data', (chunk: Buffer) => {
    let from = 0
    for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, from)) {
      parts.push(chunk.subarray(from, at))
      onText(Buffer.concat(parts).toString('utf8'))
      parts = []
      from = at + 1
    }
    if (from < chunk.length) parts.push(chunk.subarray(from))
  })
}
