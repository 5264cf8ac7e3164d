// The browser as a child process: started with the pipe, ended with its scope, its death reported once.
import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { Scope } from '../../../common/kit/scope.ts'
import { type Cdp, openCdpPipe } from './cdp-pipe.ts'

export interface BrowserExit {
  code: number | null
  signal: NodeJS.Signals | null
  /** The last lines it complained with. */
  lastWords: string
}

export interface BrowserProcess {
  pid: number
  cdp: Cdp
  readonly exited: Promise<BrowserExit>
}

/** How long it may take to leave after Browser.close, and after SIGTERM. */
const patienceMs = 2_000

export function openBrowserProcess(
  scope: Scope,
  browserPath: string,
  flags: readonly string[],
): BrowserProcess {
  const child = spawn(browserPath, [...flags], { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] })
  const lastWords = keepLastLines(child.stderr)
  const exited = new Promise<BrowserExit>((resolve) => {
    child.on('exit', (code, signal) => {
      const tell = () => resolve({ code, signal, lastWords: lastWords() })
      // Its words may still be on their way; a process it left behind may hold the stream open for ever.
      if (child.stderr?.readableEnded) tell()
      else child.stderr?.once('end', tell)
      setTimeout(tell, 200).unref()
    })
    child.on('error', (error) => resolve({ code: null, signal: null, lastWords: error.message }))
  })
  const cdp = openCdpPipe(child.stdio[3] as Writable, child.stdio[4] as Readable)
  scope.add(() => endBrowser(child, cdp, exited))
  return { pid: child.pid ?? 0, cdp, exited }
}

async function endBrowser(child: ChildProcess, cdp: Cdp, exited: Promise<unknown>): Promise<void> {
  const left = exited.then(() => true as const)
  cdp.send('Browser.close').catch(() => {})
  if (await within(left, patienceMs)) return
  child.kill('SIGTERM')
  if (await within(left, patienceMs)) return
  child.kill('SIGKILL')
  await left
}

async function within(done: Promise<true>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false)
  })
  const result = await Promise.race([done, late])
  clearTimeout(timer)
  return result
}

function keepLastLines(stream: Readable | null): () => string {
  let text = ''
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-4_000)
  })
  return () => text.trim().split('\n').slice(-5).join('\n')
}
