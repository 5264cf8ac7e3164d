// The process of practice: its line of JSON, its text for people, its ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { parseFlags } from '../../practice/flags.ts'
import { practiceMain, startPracticeProcess } from '../support/practice.ts'

/** Runs it to its end, or until `leave` says that it was seen. */
async function run(args: string[], leave?: (output: string) => NodeJS.Signals | undefined) {
  const child = spawn(process.execPath, [practiceMain, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
    const signal = leave?.(out)
    if (signal) child.kill(signal)
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const [code] = await once(child, 'close')
  return { code, out, err }
}

describe('the process', () => {
  it('prints its address as one line, answers on it, and ends when its input ends', async () => {
    const { address, strings, end } = await startPracticeProcess(['--dialect', 'documented'])
    expect(address).toMatchObject({ dialect: 'documented', baseDomain: 'practice.localhost' })
    expect(address.edgeUrl).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/)
    const answer = await fetch(`${address.apiUrl}/v1.0/customer?accesskey=${address.accessKey}`)
    expect(answer.status).toBe(200)
    expect((await strings.look()).eventSockets).toBe(0)
    expect(await end()).toBe(0)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'greets a person with what to try, and ends on %s',
    async (signal) => {
      const { code, out } = await run([], (text) => (text.includes('eventSockets') ? signal : undefined))
      expect(code).toBe(0)
      expect(out).toMatch(/curl 'http:\/\/127\.0\.0\.1:\d+\/v1\.0\/customer\?accesskey=vb_/)
    },
  )

  it.each([
    [['--port', 'x']],
    [['--port', '70000']],
    [['--dialect', 'latin']],
    [['--nonsense']],
    [['stray']],
  ])('explains wrong usage %j and exits with 2', async (args) => {
    const { code, err } = await run(args)
    expect(code).toBe(2)
    expect(err).toContain('Usage: practice')
    expect(err).not.toContain('at ')
  })

  it('says that a port is in use and exits with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    const [rest, sip] = await Promise.all([run(['--port', `${port}`]), run(['--sip-port', `${port}`])])
    taken.close()
    expect(rest.code).toBe(1)
    expect(rest.err).toContain(`port ${port} is in use. Choose another with --port`)
    expect(sip.code).toBe(1)
    expect(sip.err).toContain('Choose another with --sip-port')
  })

  it('has sensible defaults', () => {
    expect(parseFlags([])).toMatchObject({ port: 0, sipPort: 0, dialect: 'deployed', json: false })
  })
})
