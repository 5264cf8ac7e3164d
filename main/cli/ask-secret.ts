// Asks for a secret at the terminal without showing it.
import process from 'node:process'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** Empty when nothing was typed. Only where there is a terminal. */
export function askSecret(question: string): Promise<string> {
  process.stdout.write(question)
  // Echoes nothing: what readline would show goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(line.trim())
      lines.close()
      process.stdout.write('\n')
    })
    lines.once('close', () => resolve(''))
  })
}
