// Somebody's own receiver of webhooks on loopback: keeps what came and answers as the test wants.
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Json } from './practice.ts'

export interface HookHeard {
  method: string
  headers: IncomingHttpHeaders
  text: string
  json: Json
}

export interface HookEar {
  readonly url: string
  readonly heard: HookHeard[]
  /** The first that fits, also one that came before. */
  until(fits: (one: HookHeard) => boolean): Promise<HookHeard>
}

/** Answers in the order of `answers`, then with 200; hands each delivery on before it answers. */
export async function openHookEar(
  answers: ReadonlyArray<number | 'never'> = [],
  handOn?: (one: HookHeard) => Promise<unknown>,
): Promise<HookEar> {
  const heard: HookHeard[] = []
  const waiting = new Set<() => void>()
  let turn = 0
  const server = createServer(async (request, response) => {
    const answer = answers[turn++] ?? 200
    let text = ''
    for await (const chunk of request) text += chunk
    const one = {
      method: request.method ?? '',
      headers: request.headers,
      text,
      json: JSON.parse(text || 'null'),
    }
    heard.push(one)
    await handOn?.(one)
    if (answer !== 'never') response.writeHead(answer).end()
    for (const look of [...waiting]) look()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    heard,
    until: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = heard.find(fits)
          if (!found) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
  }
}
