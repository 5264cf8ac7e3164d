// Starts either shell around the fake app as a process of its own and follows what it tells.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { chromiumOrigin, electronOrigin } from '../../../main/shells/page-origin.ts'
import { findElectronRuntime } from '../../support/electron-runtime.ts'
import { until } from '../../support/until.ts'
import { openPageClient, type PageClient } from './page-client.ts'

export type ShellName = 'chromium' | 'electron'

const root = path.resolve(import.meta.dirname, '../../..')
const fixture = path.join(import.meta.dirname, 'fixture')
const pageDir = path.join(fixture, 'page')

export interface Told {
  event: string
  [more: string]: unknown
}

export interface ShellUnderTest {
  process: ChildProcess
  pid: number
  readonly told: readonly Told[]
  /** What it wrote to standard error. */
  errors(): string
  until(event: string, times?: number): Promise<Told>
  exited(): Promise<number | null>
  page(): Promise<PageClient>
  /** Ends it the ordinary way and waits. */
  close(): Promise<void>
}

export const makeProfile = () => mkdtempSync(path.join(tmpdir(), 'companion-shell-'))
export const dropProfile = (dir: string) => rmSync(dir, { recursive: true, force: true, maxRetries: 5 })

/** The fixture's main for Electron, once for all tests of a file; the preload is that of the build. */
export async function buildElectronFixture(): Promise<string> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'companion-fixture-'))
  const common = { configFile: false as const, logLevel: 'error' as const, root }
  await build({
    ...common,
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: path.join(fixture, 'electron-main.ts'),
        external: ['electron', /^node:/],
        output: { format: 'es', entryFileNames: 'main.mjs' },
      },
    },
    ssr: { noExternal: true, external: ['electron'] },
  })
  // The program's own, which others load meanwhile; only a first run has none.
  if (!existsSync(path.join(root, 'dist/preload')))
    await build({ configFile: path.join(root, 'vite.preload.config.ts'), logLevel: 'error', root })
  return path.join(outDir, 'main.mjs')
}

export interface StartShell {
  profileDir: string
  electronMain?: string | undefined
  headless?: boolean
  flags?: readonly string[]
  env?: Record<string, string>
}

export function startShell(name: ShellName, options: StartShell): ShellUnderTest {
  const child = name === 'chromium' ? spawnChromium(options) : spawnElectron(options)
  const told: Told[] = []
  let errors = ''
  let rest = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('{')) told.push(JSON.parse(line) as Told)
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    errors = (errors + chunk).slice(-8_000)
  })
  let exit: { code: number | null } | undefined
  child.on('exit', (code) => {
    exit = { code }
  })
  const exited = async () => (await until(`${name} to end; it said:\n${errors}`, () => exit)).code
  const profile = name === 'chromium' ? 'chromium' : 'electron'
  const origin = name === 'chromium' ? chromiumOrigin : electronOrigin
  return {
    process: child,
    pid: child.pid ?? 0,
    told,
    errors: () => errors,
    exited,
    until: (event, times = 1) =>
      until(`"${event}" from ${name}; it said ${JSON.stringify(told)}\n${errors}`, () => {
        return told.filter((line) => line.event === event)[times - 1]
      }),
    page: () => openPageClient(path.join(options.profileDir, profile, 'DevToolsActivePort'), origin),
    async close() {
      if (!exit) child.kill('SIGTERM')
      await exited()
    },
  }
}

function spawnChromium(options: StartShell): ChildProcess {
  const { profileDir, headless = true, flags = [], env = {} } = options
  const argument = JSON.stringify({ profileDir, headless, pageDir, flags })
  return spawn(process.execPath, [path.join(fixture, 'chromium-main.ts'), argument], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
}

function spawnElectron(options: StartShell): ChildProcess {
  const dist = findElectronRuntime()
  if (!dist || !options.electronMain) throw new Error('no Electron runtime')
  const args = [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--remote-debugging-port=0',
    ...(options.flags ?? []),
    options.electronMain,
    `--profile-dir=${options.profileDir}`,
  ]
  return spawn(path.join(dist, 'electron'), args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, FIXTURE_PAGE_DIR: pageDir, FIXTURE_ROOT: root, ...(options.env ?? {}) },
  })
}
