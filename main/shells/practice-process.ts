// Starts the practice platform as a process of its own and waits for the one line that says it is ready.
import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { AppError } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import { redactText } from '../../common/kit/redact.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Dialect } from '../../common/model/settings.ts'
import type { PracticeAddress } from '../host.ts'

/** What differs between a child of Node and a utility process of Electron. */
export interface PracticeChild {
  stdout: Readable | null
  stderr: Readable | null
  /** Once, however it ended. */
  onExit(listener: (how: string) => void): void
  /** Asks it to leave: the end of its standard input. */
  ask(): void
  kill(): void
}

const Address = z.object({
  apiUrl: z.url(),
  edgeUrl: z.url(),
  baseDomain: z.string().min(1),
  accessKey: z.string().min(1),
  voice: z.string(),
  recogniser: z.string(),
})

const readyMs = 20_000
const leaveMs = 3_000

export const practiceArguments = (dialect: Dialect) => ['--json', '--dialect', dialect]

/** With the Node that runs us. */
export function spawnPractice(file: string, dialect: Dialect): PracticeChild {
  const child = spawn(process.execPath, [file, ...practiceArguments(dialect)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.on('error', () => {})
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    onExit(listener) {
      child.once('exit', (code, signal) => listener(String(signal ?? code)))
      child.once('error', (error) => listener(error.message))
    },
    ask: () => child.stdin.end(),
    kill: () => void child.kill('SIGKILL'),
  }
}

/** Ends with `scope`: asked first, killed when it does not go. */
export async function openPracticeProcess(
  scope: Scope,
  child: PracticeChild,
  log: Log,
): Promise<PracticeAddress> {
  const lastLines: string[] = []
  let exited = false
  const gone = new Promise<string>((resolve) => {
    child.onExit((how) => {
      exited = true
      resolve(how)
    })
  })
  scope.add(async () => {
    if (exited) return
    child.ask()
    const timer = setTimeout(() => child.kill(), leaveMs)
    await gone
    clearTimeout(timer)
  })
  const fail = (why: string) =>
    new AppError('app.practiceFailed', { detail: [why, ...lastLines].join('\n').slice(0, 1_500) })

  forLines(child.stderr, (line) => {
    lastLines.push(redactText(line))
    if (lastLines.length > 6) lastLines.shift()
    log.debug(`practice: ${line}`)
  })
  return await new Promise<PracticeAddress>((resolve, reject) => {
    // The first line is the address and holds a key: it goes nowhere else. Later ones are not read.
    let answered = false
    forLines(child.stdout, (line) => {
      if (answered) return
      answered = true
      const address = parseAddress(line)
      if (address) resolve(address)
      else reject(fail('it printed something else than its address'))
    })
    const late = scope.after(readyMs, () => reject(fail(`it was not ready within ${readyMs / 1000} s`)))
    scope.add(() => reject(new AppError('app.stopped')))
    void gone.then((how) => {
      late()
      reject(fail(`it ended (${how})`))
    })
  })
}

function parseAddress(line: string): PracticeAddress | undefined {
  try {
    return Address.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}

function forLines(stream: Readable | null, onLine: (line: string) => void): void {
  let rest = ''
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = (lines.pop() ?? '').slice(-16_000)
    for (const line of lines) if (line.trim() !== '') onLine(line.trim())
  })
}
