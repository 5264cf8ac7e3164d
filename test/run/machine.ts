// What the end-to-end tests need of the machine: a browser, a display, and Electron where it is to be had.
import { spawn } from 'node:child_process'
import { requireBrowser } from '../../main/cli/browser.ts'
import { ensureInstalled, missingText, xvfb } from '../../main/cli/system-packages.ts'
import { findElectronRuntime } from '../support/electron-runtime.ts'

/** Environment for the test processes. Ends with a clear message when something needed is missing. */
export async function prepareMachine(): Promise<Record<string, string>> {
  const env: Record<string, string> = { CHROMIUM_PATH: requireBrowser().path }
  const display = process.env.DISPLAY ?? (process.platform === 'linux' ? await openDisplay() : undefined)
  if (display) env.DISPLAY = display
  const electron = findElectronRuntime()
  if (electron) env.ELECTRON_OVERRIDE_DIST_PATH = electron
  else
    console.log('\n!! No Electron runtime is to be had here: the tests of the Electron shell are SKIPPED.\n')
  return env
}

/** A virtual display that ends with this process. */
async function openDisplay(): Promise<string | undefined> {
  const missing = ensureInstalled([xvfb])
  if (missing.length > 0) {
    console.error(missingText(missing))
    process.exit(1)
  }
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  process.on('exit', () => server.kill())
  const number = await new Promise<string>((resolve, reject) => {
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
    server.stdio[3]?.on('data', (data: Buffer) => resolve(data.toString('utf8').trim()))
  })
  server.unref()
  return `:${number}`
}
