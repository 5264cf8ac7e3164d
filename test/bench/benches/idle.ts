// What a companion that waits for calls takes: memory of main and of the whole tree, and processor time.
import { type Bench, type Figure, mb, sleep } from '../figure.ts'
import { makeProfile, openBenchCompanion } from '../support/companion.ts'
import { openDisplay } from '../support/display.ts'
import { type BenchPractice, openBenchPractice } from '../support/practice.ts'
import {
  kindOf,
  processorMs,
  processTree,
  proportionalBytes,
  residentBytes,
} from '../support/process-tree.ts'

const settleMs = 6_000
const watchMs = 20_000

export const idle: Bench = {
  name: 'idle',
  about: 'memory and processor time while registered and waiting',
  async run(say) {
    const practice = await openBenchPractice()
    try {
      const hidden = await watch(practice, true)
      say(`headless: ${describe(hidden)}`)
      const display = await openDisplay()
      if (!display) return toFigures(hidden, undefined)
      try {
        const shown = await watch(practice, false)
        say(`headed: ${describe(shown)}`)
        return toFigures(hidden, shown)
      } finally {
        await display.close()
      }
    } finally {
      await practice.close()
    }
  },
}

interface Idle {
  main: number
  tree: number
  mainShare: number
  treeShare: number
  parts: string
}

async function watch(practice: BenchPractice, headless: boolean): Promise<Idle> {
  const profile = makeProfile(practice)
  const companion = openBenchCompanion(practice, { profile, mic: 'hush', headless })
  try {
    await companion.registered()
    await sleep(settleMs)
    const tree = processTree(companion.pid)
    const before = [processorMs([companion.pid]), processorMs(tree)] as const
    await sleep(watchMs)
    const after = [processorMs([companion.pid]), processorMs(tree)] as const
    return {
      main: residentBytes(companion.pid),
      tree: proportionalBytes(tree),
      mainShare: ((after[0] - before[0]) / watchMs) * 100,
      treeShare: ((after[1] - before[1]) / watchMs) * 100,
      parts: toParts(tree),
    }
  } finally {
    await companion.close()
    profile.remove()
  }
}

function toParts(tree: readonly number[]): string {
  const kinds = new Map<string, number>()
  for (const pid of tree) {
    const kind = kindOf(pid)
    kinds.set(kind, (kinds.get(kind) ?? 0) + proportionalBytes([pid]))
  }
  const rows = [...kinds].sort((a, b) => b[1] - a[1])
  return rows.map(([kind, bytes]) => `${kind} ${mb(bytes)}`).join(', ')
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
      note: 'Registered and subscribed, six seconds after the start.',
    },
    {
      what: 'Whole process tree',
      goal: 'as small as the flags allow',
      measured: pair(({ tree }) => mb(tree)),
      met: undefined,
      note: `Proportional set size; practice is not part of it. ${pair(({ parts }) => parts)}.`,
    },
    {
      what: 'Processor while idle, whole tree',
      goal: '≤ 1 % of a core',
      measured: pair(({ treeShare }) => share(treeShare)),
      met: worst <= 1,
      note: `Over ${watchMs / 1000} s, registered, window shown, nothing else attached. Of it main: ${pair(({ mainShare }) => share(mainShare))}.`,
    },
  ]
}

const describe = ({ main, tree, treeShare, parts }: Idle) =>
  `main ${mb(main)}, tree ${mb(tree)}, processor ${treeShare.toFixed(2)} %; ${parts}`
