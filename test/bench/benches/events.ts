// From the event on the socket to the line painted on the screen, with a call open.
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { WebSocket } from 'ws'
import { type Bench, type Figure, median, most, ms, quantile, sleep, until } from '../figure.ts'
import { answeredCall } from '../support/call.ts'
import { makeProfile, openBenchCompanion } from '../support/companion.ts'
import { watchPaint } from '../support/page-eye.ts'
import { type BenchPractice, openBenchPractice } from '../support/practice.ts'

const spaced = 600
const inBurst = 1_000
const bursts = 5

const actions = [
  { type: 'transcribe_start', option: { language: 'en-US' } },
  { type: 'sleep', option: { duration: 600_000 } },
]

export const events: Bench = {
  name: 'events',
  about: 'event on the socket to painted on screen; a burst of 1,000',
  async run(say) {
    const practice = await openBenchPractice()
    const profile = makeProfile(practice)
    const companion = openBenchCompanion(practice, { profile, mic: 'hush', debugging: true })
    try {
      await companion.registered()
      const page = await companion.page()
      await page.getByRole('button', { name: 'Call', exact: true }).click()
      await answeredCall({ practice, companion, page }, actions, 300)
      const callId = await until('the linked call', async () => {
        const link = Object.values((await companion.ask.state()).links).find(
          ({ status }) => status === 'linked',
        )
        return link?.status === 'linked' ? link.callId : undefined
      })
      const frames = await openFrames(practice, callId)
      await page.evaluate(watchPaint)
      await warmUp(practice, page, frames)
      const one = await measureSpaced(practice, page, frames)
      say(`spaced: p50 ${ms(median(one))}, p99 ${ms(quantile(one, 0.99))}, most ${ms(most(one))}`)
      const many: Burst[] = []
      for (let i = 0; i < bursts; i++) {
        many.push(await measureBurst(practice, page, frames))
        say(`burst: ${ms(many.at(-1)?.painted ?? 0)}, sending took ${ms(many.at(-1)?.sending ?? 0)}`)
        await sleep(500)
      }
      return toFigures(one, many)
    } finally {
      await companion.close()
      await practice.close()
      profile.remove()
    }
  },
}

interface Burst {
  sending: number
  painted: number
}

/** A real frame of this call as the pattern; each copy is a new event with its number in the text. */
async function openFrames({ ask, address }: BenchPractice, callId: string) {
  const url = `${address.apiUrl.replace('http', 'ws')}/v1.0/ws?accesskey=${address.accessKey}`
  const socket = new WebSocket(url)
  let seen: Record<string, unknown> | undefined
  socket.on('message', (data) => {
    seen = JSON.parse(String(data)) as Record<string, unknown>
  })
  await new Promise((resolve) => socket.once('open', resolve))
  await ask.pull({ pull: 'transcript', callId, direction: 'out', message: 'pattern' })
  // Raw frames go to every socket: this one needs no subscription, and the pattern is what the companion gets.
  const topics = [
    `customer_id:${address.customerId}:transcript`,
    `customer_id:${address.customerId}:transcribe`,
  ]
  socket.send(JSON.stringify({ type: 'subscribe', topics }))
  const pong = new Promise((resolve) => socket.once('pong', resolve))
  socket.ping()
  await pong
  await ask.pull({ pull: 'transcript', callId, direction: 'out', message: 'pattern' })
  const pattern = await until('a transcript frame', () => seen)
  socket.close()
  const nested = typeof pattern.data === 'object' && pattern.data !== null
  const row = (nested ? pattern.data : pattern) as Record<string, unknown>
  let made = 0
  return (count: number) =>
    Array.from({ length: count }, () => {
      const number = String(++made).padStart(6, '0')
      const own = {
        ...row,
        id: randomUUID(),
        direction: made % 3 === 0 ? 'in' : 'out',
        message: `mark-${number} and the words of a sentence as long as people say them.`,
        tm_create: new Date(Date.now() + made).toISOString().replace('Z', '000Z'),
        tm_transcript: toOffset(60_000 + made),
      }
      return { number: made, text: JSON.stringify(nested ? { ...pattern, data: own } : own) }
    })
}

type Frames = Awaited<ReturnType<typeof openFrames>>

/** `0001-01-01T00:00:05.123`: the platform counts from the start of the transcription. */
const toOffset = (offsetMs: number) => `0001-01-01T${new Date(offsetMs).toISOString().slice(11, 23)}000Z`

async function warmUp(practice: BenchPractice, page: Page, frames: Frames): Promise<void> {
  const some = frames(40)
  await practice.ask.send(some.map(({ text }) => text))
  await painted(page, some.at(-1)?.number ?? 0)
}

async function measureSpaced(practice: BenchPractice, page: Page, frames: Frames): Promise<number[]> {
  const wanted = frames(spaced)
  const sent = await practice.ask.send(wanted.map(({ text }) => text))
  await painted(page, wanted.at(-1)?.number ?? 0)
  const seen = await page.evaluate(() => globalThis.paintedAt ?? {})
  return wanted.map(({ number }, i) => {
    const at = seen[number]
    if (at === undefined) throw new Error(`line ${number} was never seen on the screen`)
    return at - (sent[i] ?? Number.NaN)
  })
}

async function measureBurst(practice: BenchPractice, page: Page, frames: Frames): Promise<Burst> {
  const wanted = frames(inBurst)
  const [first, last] = await practice.ask.burst(wanted.map(({ text }) => text))
  const at = await painted(page, wanted.at(-1)?.number ?? 0)
  return { sending: last - first, painted: at - first }
}

async function painted(page: Page, number: number): Promise<number> {
  return until(
    `line ${number} on the screen`,
    async () => (await page.evaluate(() => globalThis.paintedAt ?? {}))[number],
  )
}

function toFigures(one: readonly number[], many: readonly Burst[]): Figure[] {
  const [p50, p99] = [median(one), quantile(one, 0.99)]
  const burst = many.map((each) => each.painted)
  return [
    {
      what: 'Event on the socket → painted, p50',
      goal: '≤ 15 ms',
      measured: `${ms(p50)} of ${one.length}`,
      met: p50 <= 15,
      note: 'Transcript lines 5 to 20 ms apart into an open call; from just before the send in the server’s process to the task after the frame that shows the line.',
    },
    {
      what: 'Event on the socket → painted, p99',
      goal: '≤ 33 ms',
      measured: `${ms(p99)}, most ${ms(most(one))}`,
      met: p99 <= 33,
    },
    {
      what: 'Burst of 1,000 events → the last one painted',
      goal: '≤ 50 ms',
      measured: `median ${ms(median(burst))}, most ${ms(most(burst))} of ${burst.length}`,
      met: median(burst) <= 50,
      note: `From the first send. Writing the thousand frames alone took the server ${ms(median(many.map(({ sending }) => sending)))} (median).`,
    },
  ]
}
