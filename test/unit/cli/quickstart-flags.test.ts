// Flags of the headless run: what is accepted, and how wrong usage is explained.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseQuickstartFlags, UsageError } from '../../../main/cli/quickstart-flags.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'companion-flags-'))
const keyFile = path.join(folder, 'key')
writeFileSync(keyFile, 'vb_example000000\n')
const parse = (...args: string[]) => parseQuickstartFlags(args, {})
const messageOf = (...args: string[]) => {
  try {
    parse(...args)
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as Error).message
  }
  throw new Error('was accepted')
}

describe('the flags of the quickstart', () => {
  it('mean practice with the deployed dialect when there are none', () => {
    expect(parse()).toMatchObject({ target: undefined, dialect: 'deployed', stepTimeoutMs: undefined })
  })

  it('take the access key from a file, without its line end', () => {
    const { target } = parse('--api', 'https://api.voipbin.net', '--access-key-file', keyFile)
    expect(target).toEqual({ apiUrl: 'https://api.voipbin.net', accessKey: 'vb_example000000' })
  })

  it('take the access key from the environment', () => {
    const flags = parseQuickstartFlags(['--api', 'https://api.voipbin.net'], {
      VOIPBIN_ACCESS_KEY: 'vb_fromenv',
    })
    expect(flags.target?.accessKey).toBe('vb_fromenv')
  })

  it.each([
    [['--api', 'https://api.voipbin.net'], 'VOIPBIN_ACCESS_KEY'],
    [['--api', 'ftp://x'], '--api'],
    [['--practice', '--api', 'https://x.example'], 'not both'],
    [['--api', 'https://x.example', '--access-key-file', '/nowhere/key'], '/nowhere/key'],
    [['--mic', keyFile], 'not a readable WAV'],
    [['--say', '  '], '--say'],
    [['--timeout', 'soon'], '--timeout'],
    [['--dialect', 'klingon'], '--dialect'],
    [['--pin', 'abc'], '--pin'],
    [['--edge', 'https://x.example'], '--edge'],
    [['--api', 'https://x.example/v1.0?accesskey=vb_canary'], 'an address only'],
    [['--edge', 'wss://user:canary@x.example'], 'an address only'],
    [['--json'], '--json'],
  ])('refuse %j with a sentence that names the fault', (args, named) => {
    expect(messageOf(...args)).toContain(named)
  })

  it('never repeat a secret that was given as an argument by mistake', () => {
    expect(messageOf('--access-key=vb_secret123456')).not.toContain('vb_secret')
    expect(messageOf('vb_secret123456')).not.toContain('vb_secret')
  })
})
