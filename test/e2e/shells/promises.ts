// What every shell promises to the page and to main: one suite, run over each of them.
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chromiumOrigin, electronOrigin } from '../../../main/shells/page-origin.ts'
import { until } from '../../support/until.ts'
import { listPages } from './page-client.ts'
import { openSecureServer } from './secure-server.ts'
import {
  dropProfile,
  makeProfile,
  type ShellName,
  type ShellUnderTest,
  startShell,
} from './shell-under-test.ts'

export interface SuiteOptions {
  electronMain?: () => string
}

export function describeShell(name: ShellName, options: SuiteOptions = {}): void {
  const origin = name === 'chromium' ? chromiumOrigin : electronOrigin
  let profileDir = ''
  let running: ShellUnderTest[] = []

  const start = (more: { flags?: string[]; env?: Record<string, string> } = {}) => {
    const shell = startShell(name, { profileDir, electronMain: options.electronMain?.(), ...more })
    running.push(shell)
    return shell
  }
  const startPage = async (more?: Parameters<typeof start>[0]) => {
    const shell = start(more)
    await shell.until('attached')
    return { shell, page: await shell.page() }
  }

  beforeEach(() => {
    profileDir = makeProfile()
  })
  afterEach(async () => {
    for (const shell of running) {
      shell.process.kill('SIGKILL')
      await shell.exited()
    }
    running = []
    dropProfile(profileDir)
  })

  describe(`the ${name} shell`, () => {
    it('puts the port on the page before its scripts and carries messages both ways intact', async () => {
      const { page } = await startPage()
      expect(await page.evaluate('globalThis.portBeforeScripts')).toBe(true)
      const texts = ['Grüße 🎧', 'line\u2028separator', '</script><b>', '{"__proto__":{"x":1}}', '\u0000']
      expect(await page.evaluate(`ask('echo', ${JSON.stringify(texts)})`)).toEqual(texts)
      await page.evaluate(`ask('burst', 1000)`)
      expect(await page.evaluate('pushed.map((push) => push.i).join() ')).toBe(
        Array.from({ length: 1000 }, (_, i) => i).join(),
      )
    })

    it('keeps eval and foreign requests forbidden, also right after an answer of main', async () => {
      const { page } = await startPage()
      expect(await page.evaluate('evalAfterAnswer()')).toBe('EvalError')
      expect(
        await page.evaluate('fetch("https://example.com/").then(() => "fetched", () => "refused")'),
      ).toBe('refused')
      expect(await page.evaluate('isSecureContext')).toBe(true)
      expect(await page.evaluate('origin')).toBe(origin)
      await until('the violations', () => page.evaluate('violations.includes("connect-src")'))
    })

    it('serves files of the page only', async () => {
      const { page } = await startPage()
      const status = (path: string) => page.evaluate(`fetch(${JSON.stringify(path)}).then((r) => r.status)`)
      expect(await status('./page.js')).toBe(200)
      for (const path of [
        '/..%2f..%2f..%2f..%2fpackage.json',
        '/%2e%2e/%2e%2e/fake-app.ts',
        '/..%5cfake-app.ts',
        '/page.js%00.html',
        '/missing.html',
      ]) {
        expect(await status(path), path).toBeGreaterThanOrEqual(400)
      }
    })

    it('refuses to navigate away and to open windows; page and port stay', async () => {
      const { shell, page } = await startPage()
      await page.evaluate('globalThis.mark = 1')
      await page.evaluate('void setTimeout(() => { location.href = "https://example.com/" })')
      await page.evaluate('void setTimeout(() => { location.href = "http://127.0.0.1:9/" })')
      await page.evaluate('void window.open("http://127.0.0.1:9/popup")')
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      await until('the popup to be gone', async () => {
        const pages = await listPages(`${profileDir}/${name}/DevToolsActivePort`)
        return pages.length === 1 && pages[0]?.url.startsWith(origin)
      })
      expect(await page.evaluate('[location.origin, globalThis.mark].join()')).toBe(`${origin},1`)
      expect(await page.evaluate(`ask('echo', 'still here')`)).toBe('still here')
      expect(shell.told.filter((line) => line.event === 'attached')).toHaveLength(1)
    })

    it('grants the microphone and refuses the camera', async () => {
      const { page } = await startPage({ flags: ['--use-fake-device-for-media-stream'] })
      const media = (what: string) =>
        page.evaluate(`navigator.mediaDevices.getUserMedia(${what}).then(() => 'granted', (e) => e.name)`)
      expect(await media('{ audio: true }')).toBe('granted')
      expect(await media('{ video: true }')).toBe('NotAllowedError')
    })

    it('lets the page reach a WebSocket on this machine', async () => {
      const { WebSocketServer } = await import('ws')
      const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
      await new Promise((resolve) => server.once('listening', resolve))
      const { port } = server.address() as { port: number }
      const { page } = await startPage()
      const opened = page.evaluate(
        `new Promise((resolve) => { const s = new WebSocket('ws://127.0.0.1:${port}'); s.onopen = () => resolve('open'); s.onerror = () => resolve('refused') })`,
      )
      expect(await opened).toBe('open')
      server.close()
      for (const client of server.clients) client.terminate()
    })

    it('accepts no certificate that the system does not trust; pins are checked by main', async () => {
      const server = await openSecureServer()
      const { page } = await startPage()
      const answer = (port: number) =>
        page.evaluate(
          `new Promise((resolve) => { const s = new WebSocket('wss://127.0.0.1:${port}'); s.onopen = () => resolve('open'); s.onerror = () => resolve('refused') })`,
        )
      expect(await answer(server.port)).toBe('refused')
      server.close()
    })

    it('tells the proxy of the system where the engine can be asked', async () => {
      const { page } = await startPage({ flags: ['--proxy-server=http://127.0.0.1:9'] })
      expect(await page.evaluate(`ask('resolveProxy', 'https://api.example/')`)).toBe(
        name === 'electron' ? 'PROXY 127.0.0.1:9' : 'not told',
      )
    })

    it('loads a crashed page again and connects it with a port of its own', async () => {
      const { shell, page } = await startPage()
      page.fire('Page.crash')
      await shell.until('detached')
      await shell.until('attached', 2)
      const again = await shell.page()
      expect(await again.evaluate(`ask('echo', 'back')`)).toBe('back')
    })

    it('gives a reloaded page a fresh port and silences the old one', async () => {
      const { shell, page } = await startPage()
      page.fire('Page.reload')
      await shell.until('attached', 2)
      expect(shell.told.map((line) => line.event).slice(-2)).toEqual(['detached', 'attached'])
      await until('the reloaded page', () =>
        page.evaluate('document.readyState === "complete"').catch(() => false),
      )
      expect(await page.evaluate(`ask('echo', 'fresh')`)).toBe('fresh')
    })

    it('keeps what the page stores from one run to the next', async () => {
      const first = await startPage()
      await first.page.evaluate('localStorage.setItem("kept", "yes")')
      await first.shell.close()
      const second = await startPage()
      expect(await second.page.evaluate('localStorage.getItem("kept")')).toBe('yes')
    })

    it('runs once a profile: the second start leaves and the first goes on', async () => {
      const { shell, page } = await startPage()
      const second = start()
      expect(await second.exited()).toBe(0)
      expect(second.told.some((line) => line.event === 'attached')).toBe(false)
      expect(await page.evaluate(`ask('echo', 'first')`)).toBe('first')
      expect(shell.process.exitCode).toBeNull()
    })

    it('says goodbye before it ends when it is asked to leave', async () => {
      const { shell } = await startPage()
      await shell.close()
      expect(shell.told.some((line) => line.event === 'closing')).toBe(true)
      expect(await shell.exited()).toBe(0)
    })

    it('ends when the person closes the window', async () => {
      const { shell, page } = await startPage()
      page.fire('Page.close')
      expect(await shell.exited()).toBe(0)
      expect(shell.told.some((line) => line.event === 'closing')).toBe(true)
    })

    it('leaves no browser behind when main is killed', async () => {
      const { shell, page } = await startPage()
      await page.evaluate('1')
      shell.process.kill('SIGKILL')
      await shell.exited()
      const port = await until('the port file', () => readPort(profileDir, name))
      await until('the browser to be gone', async () => !(await answers(port)))
    })

    it('opens nothing but https outside', async () => {
      const { page } = await startPage()
      for (const address of [
        'file:///etc/passwd',
        'http://example.com/',
        'javascript:alert(1)',
        'smb://x/y',
      ]) {
        expect(await page.evaluate(`ask('openExternal', ${JSON.stringify(address)})`)).not.toBe('opened')
      }
    })
  })
}

async function readPort(profileDir: string, name: ShellName): Promise<number | undefined> {
  const { readFileSync } = await import('node:fs')
  return Number(readFileSync(`${profileDir}/${name}/DevToolsActivePort`, 'utf8').split('\n')[0]) || undefined
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
