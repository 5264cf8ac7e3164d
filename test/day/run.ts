// Plays a day scene by scene. A scene that hangs is noted, what it left is cleared away, and the day goes on.
import { sleep } from '../bench/figure.ts'
import { type Reckoning, reckon, untilQuiet } from './count.ts'
import { type Memory, sampleMemory } from './memory.ts'
import type { Day, Scene } from './plan.ts'
import { createPlay, type Play, phoneOf } from './play.ts'
import { playScene } from './scenes.ts'
import { openStage } from './stage.ts'
import { watchDevicesOf } from './troubles.ts'

export interface DayReport {
  seed: number
  totals: Day['totals']
  /** Seconds it took. */
  seconds: number
  hours: Memory[]
  /** Scenes that did not come to their end by themselves. */
  wedges: string[]
  /** What the page complained of. */
  faults: string[]
  reckoning: Reckoning
  /** Name → median, worst and how many: ms. */
  times: Record<string, { median: number; worst: number; count: number }>
}

export interface RunOptions {
  headless: boolean
  /** Before each look at the memory. */
  restMs: number
  say(line: string): void
}

export async function runDay(day: Day, { headless, restMs, say }: RunOptions): Promise<DayReport> {
  const startedAt = performance.now()
  const stage = await openStage({ headless })
  try {
    await stage.hands.page.evaluate(`(${watchDevicesOf.toString()})(navigator.mediaDevices)`)
    const play = createPlay(stage)
    const hours: Memory[] = []
    const wedges: string[] = []
    for (const [hour, scenes] of day.hours.entries()) {
      for (const scene of scenes) await playOrNote(play, scene, wedges, say)
      hours.push(await sampleMemory(stage, restMs))
      say(
        `hour ${hour + 1} of ${day.hours.length}: ${play.made.calls} calls, ${play.made.lines} lines, ${wedges.length} wedged; ${toShort(hours.at(-1))}`,
      )
    }
    const reckoning = await reckon(play)
    const { seed, totals } = day
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    return {
      seed,
      totals,
      seconds,
      hours,
      wedges,
      faults: stage.hands.faults,
      reckoning,
      times: toTimes(play),
    }
  } finally {
    await stage.close()
  }
}

async function playOrNote(play: Play, scene: Scene, wedges: string[], say: RunOptions['say']): Promise<void> {
  try {
    await playScene(play, scene)
    await untilQuiet(play, 15_000)
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : JSON.stringify(thrown)
    const { sessions, registration } = phoneOf(play)
    const shown = sessions
      .slice(-2)
      .map(({ status, outcome, held, direction }) => ({ status, outcome, held, direction }))
    wedges.push(
      `scene ${scene.number}, ${[scene.kind, ...scene.troubles].join(' with ')}: ${why}; ${registration.status}, ${JSON.stringify(shown)}`,
    )
    say(`! ${wedges.at(-1)}`)
    await clearAway(play)
  }
}

/** So that one fault is counted once. */
async function clearAway(play: Play): Promise<void> {
  const { network, practice, companion, hands } = play.stage
  await network.restore()
  await practice.ask.pull({ pull: 'hangUp' })
  await hands.press('hangUp')
  await sleep(500)
  await companion.ask.request('settings.change', { patch: { doNotDisturb: false, secondCall: 'ring' } })
  await untilQuiet(play, 90_000)
}

function toTimes({ times }: Play): DayReport['times'] {
  return Object.fromEntries(
    [...times].map(([name, all]) => {
      const sorted = [...all].sort((a, b) => a - b).map(Math.round)
      return [
        name,
        {
          median: sorted[Math.floor(sorted.length / 2)] ?? 0,
          worst: sorted.at(-1) ?? 0,
          count: sorted.length,
        },
      ]
    }),
  )
}

const mega = (bytes = 0) => `${(bytes / 1024 / 1024).toFixed(0)} MB`
const toShort = (memory: Memory | undefined) =>
  `main ${mega(memory?.main)}, tree ${mega(memory?.tree)}, heaps ${mega(memory?.mainHeap)} and ${mega(memory?.pageHeap)}, ${JSON.stringify(memory?.objects)}`
