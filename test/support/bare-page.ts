// Headless Chromium on a bare page with our phone: real WebRTC, a file as the microphone, nothing of the program around it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { createScope, type Scope } from '../../common/kit/scope.ts'
import { toWav } from '../../practice/voice/wav.ts'
import type { Patience } from '../../renderer/phone/patience.ts'
import type {} from '../e2e/phone/page/bare-page.ts'

export interface BarePageOptions {
  /** Path of the browser; default: `CHROMIUM_PATH`, or where Debian has it. */
  browser?: string
  /** What `getUserMedia` gives; a tone by default. A WAV file plays over and over, with `%noloop` at its end once. */
  microphone?: 'tone' | 'zeros' | 'denied' | 'missing' | { wav: string }
  /** How many fake microphones, and as many speakers; 1 by default. */
  devices?: number
  /** Base64 SHA-256 of the public key of a server to trust. */
  spki?: string
  patience?: Partial<Patience>
}

export interface BarePage {
  page: Page
  /** Uncaught errors and policy violations of the page. */
  problems: string[]
  /** Paths the page fetched; a worklet's too, which the browser's own events leave out. */
  requested: string[]
  /** A further page of the same browser, without the cookies, storage and grants of the first. */
  another(patience?: Partial<Patience>): Promise<Pick<BarePage, 'page' | 'problems'>>
  /** Process id of the browser; its renderers are below it. */
  pid(): Promise<number>
  close(): Promise<void>
}

const policy =
  "default-src 'self'; script-src 'self'; connect-src 'self' ws://127.0.0.1:* wss://127.0.0.1:*; require-trusted-types-for 'script'; trusted-types 'none'"

export async function openBarePage(options: BarePageOptions = {}): Promise<BarePage> {
  const scope = createScope('bare page')
  try {
    const dir = await mkdtemp(join(tmpdir(), 'bare-page-'))
    scope.add(() => rm(dir, { recursive: true, force: true }))
    const requested: string[] = []
    const url = await openSite(scope, requested)
    const voice = await writeVoice(dir, options.microphone)
    const browser = await launch(voice, options)
    scope.add(() => browser.close())
    const grants = options.microphone === 'denied' ? [] : ['microphone']
    const open = (patience: Partial<Patience> = {}) =>
      openPage(browser, `${url}?patience=${encodeURIComponent(JSON.stringify(patience))}`, grants)
    return {
      ...(await open(options.patience)),
      requested,
      another: open,
      pid: () => browserPid(browser),
      close: () => scope.end(),
    }
  } catch (error) {
    await scope.end()
    throw error
  }
}

type Site = Map<string, string | Uint8Array>
let built: Promise<Site> | undefined

/** The page by path; once a process, and in memory, so that nothing is left behind. */
function buildSite(): Promise<Site> {
  const root = fileURLToPath(new URL('../e2e/phone/page/', import.meta.url))
  built ??= build({ root, base: './', configFile: false, logLevel: 'error', build: { write: false } }).then(
    (made) => {
      if (!('output' in made)) throw new TypeError('one build has one output')
      return new Map(
        made.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
      )
    },
  )
  // A page that could not be built may be mended before the next test.
  built.catch(() => {
    built = undefined
  })
  return built
}

/** Returns the address of the page. */
async function openSite(scope: Scope, requested: string[]): Promise<string> {
  const site = await serve(await buildSite(), (path) => requested.push(path))
  scope.add(() => site.close())
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}/index.html`
}

async function openPage(browser: Browser, url: string, grants: string[]) {
  const context = await browser.newContext()
  await context.grantPermissions(grants, { origin: new URL(url).origin })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  await page.goto(url)
  return { page, problems }
}

async function browserPid(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const main = processInfo.find(({ type }) => type === 'browser')
  if (!main) throw new Error('the browser does not name its own process')
  return main.id
}

async function writeVoice(dir: string, microphone: BarePageOptions['microphone']): Promise<string> {
  if (typeof microphone === 'object') return microphone.wav
  const file = join(dir, 'voice.wav')
  await writeFile(file, toneWav(microphone === 'zeros' ? 0 : 440, 60))
  return file
}

function launch(voice: string, options: BarePageOptions): Promise<Browser> {
  const granted = '--use-fake-ui-for-media-stream'
  const count = options.devices === undefined ? '' : `=device-count=${options.devices}`
  const played = [`--use-fake-device-for-media-stream${count}`, `--use-file-for-fake-audio-capture=${voice}`]
  const flags = {
    tone: [granted, ...played],
    zeros: [granted, ...played],
    denied: played,
    missing: [granted],
  }
  const { microphone = 'tone', spki } = options
  return chromium.launch({
    executablePath: options.browser ?? process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...flags[typeof microphone === 'object' ? 'tone' : microphone],
      ...(spki === undefined ? [] : [`--ignore-certificate-errors-spki-list=${spki}`]),
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
    ],
  })
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }

/** The built page under the same policy as the product's window. */
function serve(site: Site, onRequest: (path: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    onRequest(path)
    const body = site.get(path)
    // The browser asks for an icon by itself.
    if (body === undefined) return void response.writeHead(path === '/favicon.ico' ? 204 : 404).end()
    const type = types[extname(path)] ?? 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(body)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

/** 16 bit mono at 48 kHz: what the fake microphone plays in a loop. */
function toneWav(hertz: number, seconds: number): Buffer {
  const rate = 48_000
  const note = (i: number) => Math.round(8000 * Math.sin((2 * Math.PI * hertz * i) / rate))
  return toWav({ pcm: Int16Array.from({ length: rate * seconds }, (_, i) => note(i)), rate })
}
