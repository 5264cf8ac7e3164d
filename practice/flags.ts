// The command line of practice. A wrong flag is explained, never guessed.
import { parseArgs } from 'node:util'
import type { DialectName } from './dialect.ts'

export interface Flags {
  port: number
  sipPort: number
  dialect: DialectName
  /** One line for a program instead of text for a person; ends when its input ends. */
  json: boolean
  verbose: boolean
  help: boolean
}

export const usage = `Usage: practice [--port N] [--sip-port N] [--dialect deployed|documented] [--json] [--verbose]

  --port N       port of REST and events on 127.0.0.1 (default: a free one)
  --sip-port N   port of the SIP WebSocket (default: a free one)
  --dialect D    deployed: as the platform's code behaves (default); documented: as its guides say
  --json         print one line of JSON when ready; end when the input ends
  --verbose      print every request and SIP message
  --help         this text
`

/** Throws an Error whose message says what is wrong. */
export function parseFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '0' },
      'sip-port': { type: 'string', default: '0' },
      dialect: { type: 'string', default: 'deployed' },
      json: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  return {
    port: toPort('--port', values.port),
    sipPort: toPort('--sip-port', values['sip-port']),
    dialect: toDialect(values.dialect),
    json: values.json,
    verbose: values.verbose,
    help: values.help,
  }
}

function toPort(flag: string, text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Error(`${flag} wants a port number from 0 to 65535, not "${text}".`)
}

function toDialect(text: string): DialectName {
  if (text === 'deployed' || text === 'documented') return text
  throw new Error(`--dialect is deployed or documented, not "${text}".`)
}
