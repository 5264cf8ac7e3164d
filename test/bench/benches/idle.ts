// What a companion that waits for calls takes: memory of main and of the whole tree, and processor time.
import { type Bench, type Figure, mb, sleep } from '../figure.ts'
import { makeProfile, openBenchCompanion } from '../support/companion.ts'
import { openDisplay } from '../support/display.ts'
import { type BenchPractice, openBenchPractice } from '../support/practice.ts'
import {
  kindsOf,
  processorMs,
  processTree,
  proportionalBytes,
  residentBytes,
} from '../support/process-tree.ts'

/** The phone lets go of its microphone a minute after its last use; until then it is still warm from the start. */
const warmMs = 5_000
const restMs = 66_000
const watchMs = 20_000

export const idle: Bench = {
  name: 'idle',
  about: 'memory and processor time while registered and waiting',
  async run(say) {
    const practice = await openBenchPractice()
    const display = await openDisplay()
    try {
      // One after the other: two browsers side by side share the pages of their program, and each seems half as large.
      const hidden = await watch(practice, true)
      const shown = display ? await watch(practice, false) : undefined
      say(`headless: ${describe(hidden)}`)
      if (shown) say(`with a window: ${describe(shown)}`)
      return toFigures(hidden, shown)
    } finally {
      await display?.close()
      await practice.close()
    }
  },
}

interface Idle {
  main: number
  tree: number
  /** Shares of one core, in percent. */
  mainShare: number
  treeShare: number
  warmShare: number
  parts: string
}

async function watch(practice: BenchPractice, headless: boolean): Promise<Idle> {
  const profile = makeProfile(practice)
  const companion = openBenchCompanion(practice, { profile, mic: 'hush', headless })
  try {
    await companion.registered()
    await sleep(warmMs)
    const warm = await shares(companion.pid, watchMs / 2)
    await sleep(restMs - watchMs / 2)
    const rest = await shares(companion.pid, watchMs)
    const tree = processTree(companion.pid)
    return {
      main: residentBytes(companion.pid),
      tree: proportionalBytes(tree),
      mainShare: rest.main,
      treeShare: rest.tree,
      warmShare: warm.tree,
      parts: kindsOf(tree, mb),
    }
  } finally {
    await companion.close()
    profile.remove()
  }
}

async function shares(pid: number, time: number): Promise<{ main: number; tree: number }> {
  const tree = processTree(pid)
  const used = () => ({ main: processorMs([pid]), tree: processorMs(tree) })
  const before = used()
  await sleep(time)
  const after = used()
  return {
    main: ((after.main - before.main) / time) * 100,
    tree: ((after.tree - before.tree) / time) * 100,
  }
}

function toFigures(hidden: Idle, shown: Idle | undefined): Figure[] {
  const share = (value: number) => `${value.toFixed(2)} %`
  const worst = Math.max(hidden.treeShare, shown?.treeShare ?? 0)
  const worstMain = Math.max(hidden.main, shown?.main ?? 0)
  const pair = (text: (one: Idle) => string) =>
    `${text(hidden)} headless, ${shown ? `${text(shown)} with a window` : 'no display for a window'}`
  return [
    {
      what: 'Main process, resident',
      goal: '≤ 120 MB',
      measured: pair(({ main }) => mb(main)),
      met: worstMain <= 120 * 1024 * 1024,
      note: 'Registered and subscribed, a minute and a half after the start.',
    },
    {
      what: 'Whole process tree',
      goal: '≤ 250 MB',
      measured: pair(({ tree }) => mb(tree)),
      met: Math.max(hidden.tree, shown?.tree ?? 0) <= 250 * 1024 * 1024,
      note: `Proportional set size; practice is not part of it. ${pair(({ parts }) => parts)}.`,
    },
    {
      what: 'Processor while idle, whole tree',
      goal: '≤ 1 % of a core',
      measured: pair(({ treeShare }) => share(treeShare)),
      met: worst <= 1,
      note: `Over ${watchMs / 1000} s, registered, nothing else attached, the microphone let go (a minute after its last use). Of it main: ${pair(({ mainShare }) => share(mainShare))}. In the first minute, with the microphone still open: ${pair(({ warmShare }) => share(warmShare))}.`,
    },
  ]
}

const describe = ({ main, tree, treeShare, warmShare, parts }: Idle) =>
  `main ${mb(main)}, tree ${mb(tree)}, processor ${treeShare.toFixed(2)} % (warm ${warmShare.toFixed(2)} %); ${parts}`
