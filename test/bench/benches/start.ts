// Cold start to registered, and the first call of a companion that has just started.
import { type Bench, type Figure, median, most, ms, sleep } from '../figure.ts'
import { type CallTimes, timedCall } from '../support/call.ts'
import { makeProfile, openBenchCompanion, type Profile } from '../support/companion.ts'
import { type BenchPractice, openBenchPractice } from '../support/practice.ts'

const warmStarts = 4

export const start: Bench = {
  name: 'start',
  about: 'cold start to registered, and the first call after it',
  async run(say) {
    const practice = await openBenchPractice()
    await practice.ask.tone(true)
    const profile = makeProfile(practice)
    try {
      const first = await oneStart(practice, profile)
      const later = []
      for (let i = 0; i < warmStarts; i++) {
        later.push(await oneStart(practice, profile))
        say(`start ${i + 1}: ${JSON.stringify(later.at(-1), round)}`)
      }
      return toFigures(first, later)
    } finally {
      await practice.close()
      profile.remove()
    }
  },
}

interface Start {
  registered: number
  stages: Record<string, number>
  call: CallTimes
}

async function oneStart(practice: BenchPractice, profile: Profile): Promise<Start> {
  const companion = openBenchCompanion(practice, { profile, mic: 'tone', debugging: true })
  try {
    const challengedAt = await practice.line(/^< REGISTER/, companion.startedAt)
    const registeredAt = await practice.line(/^> SIP\/2.0 200/, challengedAt)
    await companion.registered()
    const stages = Object.fromEntries(
      [...companion.stages].map(([name, at]) => [name, at - companion.startedAt]),
    )
    const page = await companion.page()
    // A person needs at least this long to see the window; the phone warms up meanwhile.
    await sleep(1_000)
    const call = await timedCall({ practice, companion, page })
    return { registered: registeredAt - companion.startedAt, stages, call }
  } finally {
    await companion.close()
  }
}

function toFigures(first: Start, later: readonly Start[]): Figure[] {
  const registered = later.map((one) => one.registered)
  const calls = [first, ...later].map(({ call }) => call)
  const of = (name: keyof CallTimes) => calls.map((call) => call[name])
  const both = calls.map(({ ear, caller }) => Math.max(ear, caller))
  const text = (values: readonly number[]) => `median ${ms(median(values))}, most ${ms(most(values))}`
  const stages = [...new Set(later.flatMap((one) => Object.keys(one.stages)))]
    .map((name) => `${name} ${ms(median(later.map((one) => one.stages[name] ?? Number.NaN)))}`)
    .join(', ')
  return [
    {
      what: 'Cold start to registered, profile used before',
      goal: '≤ 800 ms',
      measured: `${text(registered)} of ${registered.length}; with a new profile ${ms(first.registered)}`,
      met: median(registered) <= 800,
      note: `From the start of the Node process to 200 OK of REGISTER at the registrar: Chromium, page, sign-in, finding the extension, subscribing. Practice runs already; headless. Stages: ${stages}.`,
    },
    {
      what: 'INVITE → 180, first call after start',
      goal: '≤ 10 ms',
      measured: `${text(of('ringing'))} of ${calls.length} starts`,
      met: median(of('ringing')) <= 10,
    },
    {
      what: 'Answer click → 200 OK, first call after start',
      goal: '≤ 25 ms',
      measured: `${text(of('answered'))} of ${calls.length} starts`,
      met: median(of('answered')) <= 25,
    },
    {
      what: 'Answer click → decoded sound both ways, first call after start',
      goal: '≤ 100 ms',
      measured: `${text(both)} of ${calls.length} starts (ear ${ms(median(of('ear')))}, caller ${ms(median(of('caller')))})`,
      met: median(both) <= 100,
    },
  ]
}

const round = (_: string, value: unknown) => (typeof value === 'number' ? Math.round(value * 10) / 10 : value)
