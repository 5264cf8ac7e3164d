// A short day of an agent: calls of every kind while devices change, the machine sleeps and the network is lost.
import { beforeAll, describe, expect, it } from 'vitest'
import { buildCompanion } from '../../bench/support/companion.ts'
import { planDay } from '../../day/plan.ts'
import { toFaults } from '../../day/report.ts'
import { runDay } from '../../day/run.ts'

// Processes are put to sleep by their place in /proc.
describe.skipIf(process.platform !== 'linux')('a day in fast motion', () => {
  beforeAll(buildCompanion)

  it('keeps every line and every call, and leaves nothing over, whatever happened in between', async () => {
    const said: string[] = []
    const day = planDay({ scale: 0.05, hours: 1, seed: 5 })
    const report = await runDay(day, { headless: true, restMs: 0, say: (line) => void said.push(line) })
    expect(toFaults(report), said.join('\n')).toEqual([])
    expect(report.reckoning.calls.found).toBe(day.totals.calls)
    expect(report.reckoning.lines.found).toBeGreaterThanOrEqual(day.totals.lines)
  }, 300_000)
})
