// The phone in headless Chromium on a bare page, beside a practice line that calls it: for checks with real media.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import type { PhoneStart } from '../../common/bridge/table.ts'
import { createScope } from '../../common/kit/scope.ts'
import type { Line } from '../../practice/line.ts'
import { openLine } from '../../practice/sip/line.ts'
import { toWav } from '../../practice/voice/wav.ts'
import type {} from '../e2e/phone/page/bare-page.ts'

export interface BarePhone {
  page: Page
  line: Line
  start: PhoneStart
  /** SIP lines at the line's end with their time, epoch ms with fractions. */
  lineLog: { at: number; text: string }[]
  /** Uncaught errors and policy violations of the page. */
  problems: string[]
  /** Paths the page fetched; a worklet's too, which the browser's own events leave out. */
  requested: string[]
  close(): Promise<void>
}

const domain = '00000000-0000-4000-8000-000000000001.registrar.voipbin.test'
const policy =
  "default-src 'self'; script-src 'self'; connect-src 'self' ws://127.0.0.1:*; require-trusted-types-for 'script'; trusted-types 'none'"

export const nowMs = () => performance.timeOrigin + performance.now()

export interface BarePhoneOptions {
  browser?: string
  /** What `getUserMedia` gives; a tone by default. */
  microphone?: 'tone' | 'zeros' | 'denied' | 'missing'
}

export async function openBarePhone(options: BarePhoneOptions = {}): Promise<BarePhone> {
  const scope = createScope('bare phone')
  try {
    const dir = await mkdtemp(join(tmpdir(), 'bare-phone-'))
    scope.add(() => rm(dir, { recursive: true, force: true }))
    const root = fileURLToPath(new URL('../e2e/phone/page/', import.meta.url))
    const outDir = join(dir, 'site')
    await build({
      root,
      base: './',
      configFile: false,
      logLevel: 'error',
      build: { outDir, emptyOutDir: true },
    })
    const requested: string[] = []
    const site = await serve(outDir, (path) => requested.push(path))
    scope.add(() => site.close())
    await writeFile(join(dir, 'voice.wav'), toneWav(options.microphone === 'zeros' ? 0 : 440, 60))

    const lineLog: BarePhone['lineLog'] = []
    const password = 'pa"ss-1'
    const line = await openLine({
      port: 0,
      domain,
      password: (extension) => (extension === '2000' ? password : undefined),
      log: (text) => lineLog.push({ at: nowMs(), text }),
    })
    scope.add(() => line.close())
    const browser = await launch(join(dir, 'voice.wav'), options)
    scope.add(() => browser.close())
    const page = await browser.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/index.html`
    const { origin } = new URL(url)
    await page.context().grantPermissions(options.microphone === 'denied' ? [] : ['microphone'], { origin })
    await page.goto(url)
    const start: PhoneStart = {
      domain,
      username: '2000',
      password,
      edges: [line.url],
      iceServers: [],
      expiresSeconds: 300,
      instanceId: '3f0c6a52-7a6b-4c36-9f43-0d3c1f6f2a11',
      secondCall: 'ring',
    }
    return { page, line, start, lineLog, problems, requested, close: () => scope.end() }
  } catch (error) {
    await scope.end()
    throw error
  }
}

function launch(voice: string, options: BarePhoneOptions): Promise<Browser> {
  const microphone = [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${voice}`,
  ]
  const flags = {
    tone: microphone,
    zeros: microphone,
    denied: microphone.slice(1),
    missing: microphone.slice(0, 1),
  }
  return chromium.launch({
    executablePath: options.browser ?? '/usr/bin/chromium',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...flags[options.microphone ?? 'tone'],
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
    ],
  })
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }

/** The built page under the same policy as the product's window. */
function serve(dir: string, onRequest: (path: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    onRequest(path)
    readFile(join(dir, path)).then(
      (body) => {
        const type = types[extname(path)] ?? 'application/octet-stream'
        response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(body)
      },
      // The browser asks for an icon by itself.
      () => response.writeHead(path === '/favicon.ico' ? 204 : 404).end(),
    )
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

/** 16 bit mono at 48 kHz: what the fake microphone plays in a loop. */
function toneWav(hertz: number, seconds: number): Buffer {
  const rate = 48_000
  const note = (i: number) => Math.round(8000 * Math.sin((2 * Math.PI * hertz * i) / rate))
  return toWav({ pcm: Int16Array.from({ length: rate * seconds }, (_, i) => note(i)), rate })
}

/** A tone as the caller's voice. */
export function tonePcm(hertz: number, seconds: number): Int16Array {
  return Int16Array.from({ length: 8000 * seconds }, (_, i) =>
    Math.round(8000 * Math.sin((2 * Math.PI * hertz * i) / 8000)),
  )
}
