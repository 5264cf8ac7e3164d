// What `npm run check` runs: format, lint, types per layer, dead code, unit and contract tests.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { bin, type Result, runStep, type Step, top, vitest } from './step.ts'

const layers = readdirSync(top, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(path.join(top, entry.name)).includes('tsconfig.json'))
  .map((entry) => entry.name)

/** The longest first: the others run beside it. */
export const checks: Step[] = [
  vitest('unit and contract tests', ['--project', 'unit', '--project', 'contract']),
  ...layers.map((layer) => ({ title: `types: ${layer}`, command: bin('tsc'), args: ['-p', layer] })),
  {
    title: 'format and lint',
    command: bin('biome'),
    args: ['ci', '--colors=off', '--error-on-warnings', '.'],
  },
  { title: 'dead code', command: process.execPath, args: [path.join(top, 'node_modules/knip/bin/knip.js')] },
]

/** Two at a time: the smallest machine has two cores. */
export async function runChecks(report: (result: Result) => void): Promise<Result[]> {
  const queue = [...checks].reverse()
  const results: Result[] = []
  const worker = async () => {
    for (let step = queue.pop(); step; step = queue.pop()) {
      const result = await runStep(step, true)
      results.push(result)
      report(result)
    }
  }
  await Promise.all([worker(), worker()])
  return results
}
