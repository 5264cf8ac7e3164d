// The practice platform of a bench, and the caller's clock: what was sent and seen on the line, with times.
import path from 'node:path'
import { until } from '../figure.ts'
import { forkMeasured } from './channel.ts'
import type { PracticeAsks, PracticeTells } from './practice-child.ts'

export interface BenchPractice {
  readonly ask: PracticeAsks
  readonly address: Awaited<ReturnType<PracticeAsks['address']>>
  /** Time of the first line of the SIP log at or after `since` that matches; waits for it. */
  line(pattern: RegExp, since: number): Promise<number>
  heard(since: number): Promise<number>
  /** A call of this platform to the extension. Resolves when it was ordered. */
  place(extension: { id: string; extension: string }, actions: readonly unknown[]): Promise<void>
  /** The REST of practice, without what lies between it and the companion; fails unless it answers 2xx. */
  api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>
  /** What there is at practice now. */
  look(): Promise<PracticeLook>
  /** Hangs up every call and waits for their ends. */
  hangUp(): Promise<void>
  close(): Promise<void>
}

export interface PracticeLook {
  eventSockets: number
  calls: Array<{ id: string; status: string }>
  /** Contacts by extension. */
  registered: Record<string, number>
}

export async function openBenchPractice(): Promise<BenchPractice> {
  const lines: Array<{ at: number; line: string }> = []
  const heard: number[] = []
  const ended: number[] = []
  const tells: PracticeTells = {
    sip: (row) => void lines.push(row),
    heard: ({ at }) => void heard.push(at),
    ended: ({ at }) => void ended.push(at),
  }
  const file = path.join(import.meta.dirname, 'practice-child.ts')
  const { ask, end } = forkMeasured<PracticeAsks>({ file, options: {} }, tells)
  const address = await ask.address()
  const send = async (method: string, url: string, authorization: string, body?: unknown) => {
    const answer = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', authorization },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Record<string, unknown>
  }
  const api: BenchPractice['api'] = (method, path, body) => {
    const withKey = `${path}${path.includes('?') ? '&' : '?'}accesskey=${address.accessKey}`
    return send(method, `${address.apiUrl}/v1.0${withKey}`, '', body)
  }
  return {
    api,
    look: async () =>
      (await send(
        'GET',
        `${address.apiUrl}/practice/strings`,
        `Bearer ${address.controlToken}`,
      )) as unknown as PracticeLook,
    ask,
    address,
    line: (pattern, since) =>
      until(
        `${pattern} on the line`,
        () => lines.find(({ at, line }) => at >= since && pattern.test(line))?.at,
      ),
    heard: (since) => until('sound at the caller', () => heard.find((at) => at >= since)),
    async place({ id, extension }, actions) {
      const target = { type: 'extension', target: id, target_name: extension }
      await api('POST', '/calls', { source: target, destinations: [target], actions })
    },
    async hangUp() {
      const before = ended.length
      await ask.pull({ pull: 'hangUp' })
      await until('the end of the call', () => ended.length > before)
    },
    close: end,
  }
}
