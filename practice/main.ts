// The process of practice: flags in, addresses out, a clean end.
import { createLog } from '../common/kit/log.ts'
import { type Flags, parseFlags, usage } from './flags.ts'
import { greeting } from './greeting.ts'
import { openPractice, type Practice } from './practice.ts'

let leaving = false
const flags = readFlags()
const practice = await start(flags)
// Before anything is printed: whoever reads it may end us at once.
process.on('SIGTERM', leave)
process.on('SIGINT', leave)
if (flags.json) {
  process.stdout.write(`${JSON.stringify(practice.address)}\n`)
  // Whoever started us is gone when our input ends.
  process.stdin.resume()
  process.stdin.once('end', leave)
  process.stdin.once('close', leave)
} else process.stdout.write(greeting(practice))

function readFlags(): Flags {
  try {
    const found = parseFlags(process.argv.slice(2))
    if (!found.help) return found
    process.stdout.write(usage)
    process.exit(0)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}`)
    process.exit(2)
  }
}

async function start({ dialect, port, sipPort, verbose, json }: Flags): Promise<Practice> {
  // Standard output belongs to the address; what happens goes to the other stream.
  const least = verbose ? 'debug' : json ? 'warn' : 'info'
  const log = createLog((line) => process.stderr.write(`${line}\n`), least)
  try {
    return await openPractice({ dialect, port, sipPort, log })
  } catch (error) {
    process.stderr.write(`The practice platform did not start: ${explain(error, port, sipPort)}\n`)
    process.exit(1)
  }
}

function explain(error: unknown, port: number, sipPort: number): string {
  const { code, port: taken } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE')
    return `port ${taken ?? (port || sipPort)} is in use. Choose another with ${taken === sipPort ? '--sip-port' : '--port'}, or leave it out to take a free one.`
  if (code === 'EACCES') return `port ${taken ?? port} needs more rights. Choose one above 1023.`
  return error instanceof Error ? error.message : String(error)
}

function leave(): void {
  if (leaving) return
  leaving = true
  // A close that hangs must not keep the process.
  setTimeout(() => process.exit(0), 2_000).unref()
  void practice.close().finally(() => process.exit(0))
}
