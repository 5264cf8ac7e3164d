// Two hundred calls, one after the other: the times of the later ones, and what stays in memory.
import type { Page } from '@playwright/test'
import { type Bench, type Figure, mb, median, ms, quantile, sleep } from '../figure.ts'
import { type CallParties, type CallTimes, timedCall } from '../support/call.ts'
import { makeProfile, openBenchCompanion } from '../support/companion.ts'
import { openBenchPractice } from '../support/practice.ts'
import { kindsOf, privateBytes, processTree, residentBytes } from '../support/process-tree.ts'

const early = 20
const all = 200

export const calls: Bench = {
  name: 'calls',
  about: 'ringing, answering and sound of later calls; memory after 200',
  async run(say) {
    const practice = await openBenchPractice()
    await practice.ask.tone(true)
    const profile = makeProfile(practice)
    const companion = openBenchCompanion(practice, {
      profile,
      mic: 'tone',
      debugging: true,
      flags: ['--expose-gc'],
    })
    try {
      await companion.registered()
      const page = await companion.page()
      const parties = { practice, companion, page }
      const times: CallTimes[] = []
      for (let i = 0; i < early; i++) times.push(await timedCall(parties))
      const before = await settledMemory(parties)
      say(`after ${early}: ${describe(before)}`)
      for (let i = early; i < all; i++) times.push(await timedCall(parties, 30))
      const after = await settledMemory(parties)
      say(`after ${all}: ${describe(after)}`)
      // The first one is the business of another bench; the quick ones after these were answered while still being prepared.
      return [...timeFigures(times.slice(1, early), times.slice(early)), ...memoryFigures(before, after)]
    } finally {
      await companion.close()
      await practice.close()
      profile.remove()
    }
  },
}

interface Memory {
  main: number
  tree: number
  pageHeap: number
  mainHeap: number
  kinds: string
}

/** SIP keeps what belongs to a call for 32 s after it (RFC 3261 timer H), and with it the audio of the call. */
const sipMs = 34_000

/** After that, one more call to wake the sound up, and forced collections: what counts is what is kept. */
async function settledMemory(parties: CallParties): Promise<Memory> {
  const { companion, page } = parties
  await sleep(sipMs)
  await timedCall(parties)
  for (let i = 0; i < 2; i++) {
    await sleep(1_500)
    await companion.ask.collect()
    await collectPage(page)
  }
  const pageHeap = await collectPage(page)
  await sleep(500)
  const tree = processTree(companion.pid)
  return {
    main: residentBytes(companion.pid),
    tree: privateBytes(tree),
    pageHeap,
    mainHeap: await companion.ask.collect(),
    kinds: kindsOf(tree, mb, privateBytes),
  }
}

/** Resolves with the bytes the page's heap uses afterwards. */
async function collectPage(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page)
  await client.send('HeapProfiler.collectGarbage')
  const { usedSize } = await client.send('Runtime.getHeapUsage')
  await client.detach()
  return usedSize
}

function timeFigures(times: readonly CallTimes[], quick: readonly CallTimes[]): Figure[] {
  const of = (name: keyof CallTimes) => times.map((one) => one[name])
  const both = times.map(({ ear, caller }) => Math.max(ear, caller))
  const text = (values: readonly number[]) =>
    `median ${ms(median(values))}, p95 ${ms(quantile(values, 0.95))} of ${values.length}`
  return [
    {
      what: 'INVITE → 180, later calls',
      goal: '≤ 10 ms',
      measured: text(of('ringing')),
      met: median(of('ringing')) <= 10,
    },
    {
      what: 'Answer click → 200 OK, later calls',
      goal: '≤ 25 ms',
      measured: text(of('answered')),
      met: median(of('answered')) <= 25,
      note: `After 400 ms of ringing. Answered 30 ms after the call appeared, while its answer is still being built: median ${ms(median(quick.map((one) => one.answered)))} of ${quick.length}.`,
    },
    {
      what: 'Answer click → decoded sound both ways, later calls',
      goal: '≤ 100 ms',
      measured: `${text(both)} (ear ${ms(median(of('ear')))}, caller ${ms(median(of('caller')))})`,
      met: median(both) <= 100,
      note: 'Sound is sent in frames of 20 ms and practice paces its own; the ear is measured behind the jitter buffer.',
    },
  ]
}

function memoryFigures(before: Memory, after: Memory): Figure[] {
  const grown = after.main - before.main
  const tree = after.tree - before.tree
  return [
    {
      what: 'Main process after 200 calls against after 20',
      goal: '≤ 10 MB more',
      measured: `${mb(grown)} more (${mb(before.main)} → ${mb(after.main)})`,
      met: grown <= 10 * 1024 * 1024,
      note: `Half a minute after the last call, after forced collections in main and page. Heap of main ${mb(before.mainHeap)} → ${mb(after.mainHeap)}.`,
    },
    {
      what: 'Whole process tree after 200 calls against after 20',
      goal: '≤ 10 MB more',
      measured: `${mb(tree)} more (${mb(before.tree)} → ${mb(after.tree)}); heap of the page ${mb(before.pageHeap)} → ${mb(after.pageHeap)}`,
      met: tree <= 10 * 1024 * 1024,
      note: `Private memory of main and all processes of Chromium (what they share depends on who else runs): ${before.kinds} → ${after.kinds}.`,
    },
  ]
}

const describe = ({ main, tree, pageHeap, mainHeap, kinds }: Memory) =>
  `main ${mb(main)} (heap ${mb(mainHeap)}), tree ${mb(tree)}, heap of the page ${mb(pageHeap)}; ${kinds}`
