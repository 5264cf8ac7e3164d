// Runs a program of the system: text in, bytes out, never longer than its time.
import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { constants as os, setPriority } from 'node:os'
import { delimiter, join } from 'node:path'

export interface ChildOptions {
  input?: string
  timeoutMs: number
  /** More output than this is a fault. */
  mostBytes: number
  /** Gives way to everything else: for work that nobody waits for frame by frame. */
  polite?: boolean
}

/** What the program wrote. Rejects when it is missing, fails, takes too long or writes too much. */
export function run(command: string, args: readonly string[], options: ChildOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true })
    const chunks: Buffer[] = []
    let bytes = 0
    const fail = (why: string) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`${command}: ${why}`))
    }
    const timer = setTimeout(() => fail(`took longer than ${options.timeoutMs} ms`), options.timeoutMs)
    if (options.polite && child.pid !== undefined) giveWay(child.pid)
    child.on('error', (error) => fail(error.message))
    // A program that ends before it has read everything is not our fault to crash over.
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > options.mostBytes) fail('wrote too much')
      else chunks.push(chunk)
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) resolve(Buffer.concat(chunks))
      else reject(new Error(`${command}: ended with ${code ?? signal}`))
    })
  })
}

function giveWay(pid: number): void {
  try {
    setPriority(pid, os.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It ended already, or the system does not let us: then it runs like everything else.
  }
}

/** The path of a program, or nothing when it is not installed. */
export async function findProgram(name: string): Promise<string | undefined> {
  const endings = process.platform === 'win32' ? ['.exe', ''] : ['']
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue
    for (const ending of endings) {
      const path = join(folder, name + ending)
      const runs = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
      if (runs) return path
    }
  }
  return undefined
}
