// `npm run check`: everything that needs no window, in less than a minute.
import { runChecks } from './checks.ts'
import { line, sum } from './step.ts'

const results = await runChecks((result) => console.log(line(result)))
const { passed, failed, skipped } = sum(results)
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0
