// The companion as a bench sees it: started in its own process with a prepared profile, its stages and sounds noted.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import type { PhoneState, SoundEdge } from '../../../common/model/phone.ts'
import { nowMs, until } from '../figure.ts'
import { forkMeasured } from './channel.ts'
import type { CompanionAsks, CompanionOptions, CompanionTells } from './companion-child.ts'
import type { BenchPractice } from './practice.ts'
import { writeSound } from './sound.ts'

const top = path.resolve(import.meta.dirname, '../../..')
const outDir = path.join(top, 'dist/bench')

/** Bundles the companion of the bench exactly as main is bundled. */
export async function buildCompanion(): Promise<void> {
  await build({
    configFile: path.join(top, 'vite.main.config.ts'),
    logLevel: 'warn',
    build: {
      outDir,
      rolldownOptions: { input: { companion: path.join(import.meta.dirname, 'companion-child.ts') } },
    },
  })
}

export interface Profile {
  dir: string
  remove(): void
}

type ProfileOf = { address: Pick<BenchPractice['address'], 'apiUrl' | 'baseDomain' | 'edgeUrl'> }

/** Settings that lead to this practice, so that nothing has to be chosen. */
export function makeProfile({ address }: ProfileOf): Profile {
  const dir = mkdtempSync(path.join(tmpdir(), 'companion-bench-'))
  mkdirSync(dir, { recursive: true })
  const settings = {
    environment: 'custom',
    apiUrl: address.apiUrl,
    baseDomain: address.baseDomain,
    edgeUrl: address.edgeUrl,
    extension: 'bench',
  }
  writeFileSync(path.join(dir, 'settings.json'), JSON.stringify(settings))
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }) }
}

export interface BenchCompanion {
  readonly ask: CompanionAsks
  readonly pid: number
  /** Just before the process was started. */
  readonly startedAt: number
  readonly stages: ReadonlyMap<string, number>
  phone(): PhoneState | undefined
  registered(): Promise<void>
  extension(): Promise<{ id: string; extension: string }>
  /** The first edge of a sound in the ear at or after `since`. */
  heard(since: number): Promise<number>
  lastSound(): SoundEdge | undefined
  /** A Playwright page on the window; only where `debugging` was asked for. */
  page(): Promise<Page>
  close(): Promise<void>
}

export type OpenOptions = Partial<Omit<CompanionOptions, 'profileDir' | 'accessKey' | 'micFile'>> & {
  profile: Profile
  mic: 'tone' | 'hush'
  flags?: readonly string[]
}

export function openBenchCompanion(
  practice: { readonly address: Pick<BenchPractice['address'], 'accessKey'> },
  open: OpenOptions,
): BenchCompanion {
  const { profile, mic, flags = [], ...more } = open
  const sounds: SoundEdge[] = []
  const stages = new Map<string, number>()
  let phone: PhoneState | undefined
  const tells: CompanionTells = {
    stage: ({ name, at }) => void stages.set(name, at),
    sound: (edge) => void sounds.push(edge),
    phone: (next) => {
      phone = next
    },
  }
  const options: CompanionOptions = {
    headless: true,
    debugging: false,
    resume: true,
    ...more,
    profileDir: profile.dir,
    micFile: writeSound(profile.dir, mic),
    accessKey: practice.address.accessKey,
  }
  const startedAt = nowMs()
  const file = path.join(outDir, 'companion.js')
  const { ask, pid, end } = forkMeasured<CompanionAsks>({ file, options, flags }, tells)
  let browser: Awaited<ReturnType<typeof connect>> | undefined
  return {
    ask,
    pid,
    startedAt,
    stages,
    phone: () => phone,
    async registered() {
      await until('registered', () => phone?.registration.status === 'registered')
    },
    async extension() {
      const { extension } = await ask.state()
      if (extension.status !== 'ready') throw new Error(`the extension is ${extension.status}`)
      return { id: extension.id, extension: extension.extension }
    },
    heard: (since) =>
      until(
        'sound in the ear',
        () => sounds.find(({ where, edge, at }) => where === 'ear' && edge === 'start' && at >= since)?.at,
      ),
    lastSound: () => sounds.findLast(({ where }) => where === 'ear'),
    async page() {
      browser ??= await connect(profile.dir)
      return browser.page
    },
    async close() {
      await browser?.close()
      await end()
    },
  }
}

async function connect(profileDir: string) {
  const { readFileSync, existsSync } = await import('node:fs')
  const file = path.join(profileDir, 'chromium', 'DevToolsActivePort')
  const port = await until('the debugging port', () =>
    existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : undefined,
  )
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const page = await until('the page', () =>
    browser
      .contexts()[0]
      ?.pages()
      .find((one) => one.url().startsWith('https://app.')),
  )
  return { page, close: () => browser.close() }
}
