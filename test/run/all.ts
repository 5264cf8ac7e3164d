// `npm test`: the checks, then practice, the program in both shells, and the phone on a real SIP edge.

import { runChecks } from './checks.ts'
import { ensureEdgePackages } from './edge-packages.ts'
import { prepareMachine } from './machine.ts'
import { line, type Result, runStep, sum, vitest } from './step.ts'

const env = await prepareMachine()
const results: Result[] = await runChecks((result) => console.log(line(result)))

for (const step of [
  vitest('ten thousand broken messages', ['--project', 'unit', 'test/unit/phone/fuzz'], {
    ...env,
    FUZZ_MESSAGES: '10000',
  }),
  // Real time and real sound: half of the cores are left to the platform under test.
  vitest('practice platform', ['--project', 'practice', '--maxWorkers=50%'], env),
  vitest('end to end', ['--config', 'vitest.e2e.config.ts'], env),
]) {
  const result = await runStep(step, false)
  console.log(line(result))
  results.push(result)
}

results.push(await runEdge())

console.log('')
for (const result of results) console.log(line(result))
const { passed, failed, skipped } = sum(results)
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0

/** Left out with a loud line where a program is missing and may not be installed; in CI that is a failure. */
async function runEdge(): Promise<Result> {
  const title = 'SIP edge'
  const missing = ensureEdgePackages()
  if (missing.length === 0) {
    const result = await runStep(vitest(title, ['--config', 'vitest.edge.config.ts'], env), false)
    console.log(line(result))
    return result
  }
  const ok = !process.env.CI
  const said = `apt-get install ${missing.join(' ')}`
  console.log(`\n!! ${ok ? 'SKIPPED' : 'FAILED'}: the tests on the real SIP edge need: ${said}\n`)
  return { title, ms: 0, ok, passed: 0, failed: ok ? 0 : 1, skipped: ok ? 1 : 0 }
}
