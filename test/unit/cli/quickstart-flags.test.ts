// Flags of the headless run: what is accepted, and how wrong usage is explained.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../main/cli/flags.ts'
import { parseQuickstartFlags } from '../../../main/cli/quickstart-flags.ts'
import { readProfile } from '../../../main/read-profile.ts'

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
    [['--practice', '--profile', 'Office'], 'either'],
    [['--base-domain', 'https://x'], 'a domain'],
    [['--api', 'https://10.0.0.5', '--access-key-file', keyFile], '--base-domain'],
    [['--ca-file', '/nowhere/ca.pem'], '/nowhere/ca.pem'],
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

  it('take server and certificates of a profile, its own extension left alone, and change nothing of it', () => {
    const file = path.join(folder, 'settings.json')
    const pins = [{ host: '10.0.0.5', sha256: `${'A'.repeat(43)}=` }]
    const office = { id: 'b', name: 'Office', environment: 'custom', apiUrl: 'https://10.0.0.5', pins }
    const text = JSON.stringify({ profile: 'a', profiles: [{ id: 'a' }, { ...office, extension: 'desk1' }] })
    writeFileSync(file, text)
    const env = { VOIPBIN_ACCESS_KEY: 'vb_x' }
    const flagsOf = (name: string) =>
      parseQuickstartFlags(['--profile', name], env, (wanted) => readProfile(wanted, folder))
    const flags = flagsOf('office')
    expect(flags.target).toEqual({ apiUrl: 'https://10.0.0.5', accessKey: 'vb_x' })
    expect(flags.profile).toMatchObject({ environment: 'custom', pins, extension: '' })
    expect(flagsOf('a').target).toBeUndefined()
    expect(() => flagsOf('nowhere')).toThrow(/nowhere; there are: Practice, Office/)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('never repeat a secret that was given as an argument by mistake', () => {
    expect(messageOf('--access-key=vb_secret123456')).not.toContain('vb_secret')
    expect(messageOf('vb_secret123456')).not.toContain('vb_secret')
  })
})
