// Looks into the window through the DevTools protocol: one expression at a time, nothing switched on, so that it costs
// nothing while it is not asked.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { until } from '../figure.ts'

export interface PageClient {
  /** The value of an expression in the page, awaited. */
  evaluate<T>(expression: string): Promise<T>
  close(): void
}

interface Answer {
  id: number
  error?: { message: string }
  result?: { result: { value: unknown }; exceptionDetails?: { exception?: { description?: string } } }
}

/** `profileDir`: where the browser writes its debugging port; `isOurs` chooses the page by its address. */
export async function openPageClient(
  profileDir: string,
  isOurs: (url: string) => boolean,
): Promise<PageClient> {
  const socket = await connect(await findPage(profileDir, isOurs))
  const waiting = new Map<number, (answer: Answer) => void>()
  let lastId = 0
  socket.onmessage = ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  }
  const evaluate = <T>(expression: string) =>
    new Promise<T>((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, ({ error, result }) => {
        const thrown = error?.message ?? result?.exceptionDetails?.exception?.description
        if (thrown !== undefined) reject(new Error(`in the page: ${thrown}`))
        else resolve(result?.result.value as T)
      })
      const params = { expression, awaitPromise: true, returnByValue: true }
      socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }))
    })
  // A page that is still being opened has no place yet where an expression could run, or one that is about to go.
  const isUp = () => evaluate<boolean>(`Boolean(document.querySelector('h1'))`).catch(() => false)
  await until('the heading of the page', isUp)
  return { evaluate, close: () => socket.close() }
}

async function findPage(profileDir: string, isOurs: (url: string) => boolean): Promise<string> {
  const file = path.join(profileDir, 'DevToolsActivePort')
  return await until('the window', async () => {
    const port = existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : undefined
    if (!port) return undefined
    const response = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined)
    const pages = ((await response?.json()) ?? []) as { url: string; webSocketDebuggerUrl: string }[]
    return pages.find(({ url }) => isOurs(url))?.webSocketDebuggerUrl
  })
}

async function connect(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error(`no connection to the page at ${url}`))
  })
  return socket
}
