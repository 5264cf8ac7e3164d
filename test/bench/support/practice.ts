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
  /** Hangs up every call and waits for their ends. */
  hangUp(): Promise<void>
  close(): Promise<void>
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
  return {
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
      const answer = await fetch(`${address.apiUrl}/v1.0/calls?accesskey=${address.accessKey}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ source: target, destinations: [target], actions }),
      })
      if (!answer.ok) throw new Error(`the call was not placed: ${answer.status} ${await answer.text()}`)
    },
    async hangUp() {
      const before = ended.length
      await ask.pull({ pull: 'hangUp' })
      await until('the end of the call', () => ended.length > before)
    },
    close: end,
  }
}
