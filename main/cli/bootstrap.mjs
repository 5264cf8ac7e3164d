// The first thing every npm script runs, on any Node from 20: brings the packages and the build up to date,
// then hands over to the project's own Node. Uses nothing that has to be installed first.
import { spawn } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { ensureBuild, ensurePackages, Missing, ownNode } from './prepare.mjs'

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** npm script → what runs, and whether it needs the built program. */
const commands = {
  start: { file: 'dist/main/start.js', built: true },
  quickstart: { file: 'dist/main/quickstart.js', built: true },
  doctor: { file: 'dist/main/doctor.js', built: true },
  practice: { file: 'dist/practice/practice.js', built: true },
  build: { built: 'always' },
  check: { file: 'test/run/check.ts', built: false },
  test: { file: 'test/run/all.ts', built: true },
  bench: { file: 'test/bench/bench.ts', built: true },
  day: { file: 'test/day/day.ts', built: true },
  'bench:edge': { file: 'test/bench/edge-bench.ts', built: true },
  words: { file: 'test/run/words.ts', built: false },
  docs: { file: 'test/run/docs.ts', built: false },
  pictures: { file: 'test/run/pictures.ts', built: true },
  package: { file: 'main/cli/package.ts', built: true },
}

const [name = '', ...args] = process.argv.slice(2)
const command = commands[name]
if (!command) {
  console.error(`Unknown command "${name}". Known: ${Object.keys(commands).join(', ')}.`)
  process.exit(2)
}

try {
  await ensurePackages(top)
  if (command.built) await ensureBuild(top, command.built === 'always')
  if (command.file) await handOver(command.file)
} catch (error) {
  if (!(error instanceof Missing)) throw error
  console.error(`\n${error.message}\n`)
  process.exit(1)
}

/** Runs `file` with the project's Node, passes signals on and takes over its exit code. */
function handOver(file) {
  const child = spawn(ownNode(top), [path.join(top, file), ...args], { cwd: top, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`Node could not be started from ${ownNode(top)}: ${error.message}`)
      process.exit(1)
    })
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
      resolve()
    })
  })
}
