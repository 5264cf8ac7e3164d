// A small client of the DevTools port of either shell: evaluates in the page, sends commands, notices a crash.
import { existsSync, readFileSync } from 'node:fs'
import { WebSocket } from 'ws'
import { until } from '../../support/until.ts'

export interface PageClient {
  evaluate<T>(expression: string): Promise<T>
  /** For commands that do not answer, such as Page.crash. */
  fire(method: string, params?: object): void
  send(method: string, params?: object): Promise<Record<string, unknown>>
  /** What the page tells unasked, of the domains that were enabled. */
  onEvent(listener: (method: string, params: Record<string, unknown>) => void): void
  close(): void
}

interface Target {
  type: string
  url: string
  webSocketDebuggerUrl: string
}

export async function listPages(portFile: string): Promise<Target[]> {
  if (!existsSync(portFile)) return []
  const port = readFileSync(portFile, 'utf8').split('\n')[0]
  try {
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as Target[]
    return targets.filter((target) => target.type === 'page')
  } catch {
    return []
  }
}

/** Connects to the page of our origin once it has loaded. */
export async function openPageClient(portFile: string, origin: string): Promise<PageClient> {
  const target = await until('the page on the DevTools port', async () =>
    (await listPages(portFile)).find((page) => page.url.startsWith(origin)),
  )
  const socket = new WebSocket(target.webSocketDebuggerUrl)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const client = toClient(socket)
  await until('the page script', () =>
    client.evaluate<boolean>('document.readyState === "complete"').catch(() => false),
  )
  return client
}

interface Answer {
  id: number
  result?: Record<string, unknown>
  error?: { message: string }
  method?: string
  params?: Record<string, unknown>
}

function toClient(socket: WebSocket): PageClient {
  const waiting = new Map<number, (answer: Answer) => void>()
  const listeners = new Set<(method: string, params: Record<string, unknown>) => void>()
  let lastId = 0
  const fire = (method: string, params: object = {}) => {
    socket.send(JSON.stringify({ id: ++lastId, method, params }))
    return lastId
  }
  const send = async (method: string, params?: object) => {
    const answer = await new Promise<Answer>((resolve) => waiting.set(fire(method, params), resolve))
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`)
    return answer.result ?? {}
  }
  socket.on('message', (data) => {
    const answer = JSON.parse(String(data)) as Answer
    const { method, params = {} } = answer
    if (method !== undefined) for (const listener of listeners) listener(method, params)
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  const gone = () => {
    for (const resolve of waiting.values()) resolve({ id: 0, error: { message: 'the page is gone' } })
    waiting.clear()
  }
  socket.on('close', gone).on('error', gone)
  return {
    send,
    onEvent: (listener) => void listeners.add(listener),
    fire: (method, params) => void fire(method, params),
    close: () => socket.close(),
    async evaluate<T>(expression: string) {
      const { result, exceptionDetails } = (await send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
        userGesture: true,
        allowUnsafeEvalBlockedByCSP: false,
      })) as {
        result: { value: T }
        exceptionDetails?: { exception?: { description?: string }; text: string }
      }
      if (exceptionDetails) {
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      }
      return result.value
    },
  }
}
