// `npm test`: the checks, then the practice platform, then the program itself in both shells.

import { runChecks } from './checks.ts'
import { prepareMachine } from './machine.ts'
import { line, type Result, runStep, sum, vitest } from './step.ts'

const env = await prepareMachine()
const results: Result[] = await runChecks((result) => console.log(line(result)))

for (const step of [
  vitest('practice platform', ['--project', 'practice'], env),
  vitest('end to end', ['--config', 'vitest.e2e.config.ts'], env),
]) {
  const result = await runStep(step, false)
  console.log(line(result))
  results.push(result)
}

console.log('')
for (const result of results) console.log(line(result))
const { passed, failed, skipped } = sum(results)
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0
