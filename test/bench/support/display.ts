// A display for a real window: the one that is there, or an Xvfb of our own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

export interface Display {
  close(): Promise<void>
}

/** Nothing where there is neither a display nor Xvfb. Sets DISPLAY for what is started meanwhile. */
export async function openDisplay(): Promise<Display | undefined> {
  if (process.platform !== 'linux' || process.env.DISPLAY) return { close: async () => {} }
  // Xvfb chooses a free number and writes it to descriptor 3.
  const child: ChildProcess = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1400x900x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  )
  const failed = new Promise<undefined>((resolve) => {
    child.once('error', () => resolve(undefined))
    child.once('exit', () => resolve(undefined))
  })
  const line = once(createInterface(child.stdio[3] as Readable), 'line').then(([text]) => String(text))
  const number = await Promise.race([line, failed])
  if (number === undefined) return undefined
  process.env.DISPLAY = `:${number}`
  return {
    async close() {
      delete process.env.DISPLAY
      const gone = once(child, 'exit')
      child.kill()
      await gone
    },
  }
}
