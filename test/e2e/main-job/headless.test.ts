// The main job without a window: every step proven on both dialects, honest exit codes, no secret in the output.
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { stepIds } from '../../../common/model/quickstart.ts'
import { runQuickstart } from '../../support/headless-run.ts'
import { createApi, startPracticeProcess } from '../../support/practice.ts'

describe('the headless quickstart', () => {
  it.each(['deployed', 'documented'])('proves every step on the %s dialect', async (dialect) => {
    const { code, output, report, junit } = await runQuickstart(['--practice', '--dialect', dialect])
    expect(
      report?.steps.filter((step) => step.state !== 'passed'),
      output,
    ).toEqual([])
    expect(report?.steps.map((step) => step.id)).toEqual([...stepIds])
    expect(report?.steps.every((step) => (step.proof ?? '').length > 10)).toBe(true)
    expect(junit).toContain('failures="0"')
    expect(output).not.toMatch(/vb_[A-Za-z0-9]{6}/)
    expect(code).toBe(0)
  })

  it('says what it typed: the words given with --say are heard and transcribed', async () => {
    const { code, output, report } = await runQuickstart([
      '--say',
      'The quick brown fox jumps over the lazy dog.',
    ])
    expect(code, output).toBe(0)
    expect(report?.steps.find((step) => step.id === 'say')?.proof).toMatch(/100 %|9 of 9|1\.0|all/i)
  })

  it('signs a plain agent in by its token, proves what it may, says why the rest is not for it, and leaves its extension', async () => {
    const practice = await startPracticeProcess()
    const { apiUrl, edgeUrl, baseDomain } = practice.address
    const login = { username: 'agent@localhost', password: 'agent@localhost' }
    const token = String((await createApi(apiUrl, {}).post('/auth/login', login)).json.token)
    const args = ['--api', apiUrl, '--edge', edgeUrl, '--base-domain', baseDomain]
    const { code, output, report } = await runQuickstart(args, { VOIPBIN_ACCESS_KEY: token })
    expect(report?.steps.map(({ state }) => state)).toEqual([
      ...Array.from({ length: 4 }, () => 'passed'),
      ...Array.from({ length: 8 }, () => 'skipped'),
    ])
    expect(report?.steps[4]?.proof).toContain(
      'Placing calls through the platform needs the manager or admin permission',
    )
    expect(output).toContain('Extension desk')
    expect(output).not.toContain(token)
    expect(code, output).toBe(0)
    const own = await createApi(apiUrl, { bearer: token }).get('/v1.0/service_agents/extensions')
    expect(own.json.result).toHaveLength(1)
    await practice.end()
  })

  it('fails with exit code 1, cause and remedy when nothing listens at the address', async () => {
    const key = path.join(tmpdir(), `companion-key-${process.pid}`)
    writeFileSync(key, 'vb_canary000000')
    const { code, output, report } = await runQuickstart([
      '--api',
      'http://127.0.0.1:9',
      '--access-key-file',
      key,
    ])
    expect(code).toBe(1)
    expect(report?.steps[0]).toMatchObject({
      id: 'signIn',
      state: 'failed',
      error: { code: 'network.refused' },
    })
    expect(report?.steps.slice(1).every((step) => step.state === 'skipped')).toBe(true)
    expect(output).toContain('Remedy:')
    expect(output).not.toContain('vb_canary')
  })

  it('explains wrong usage with exit code 2 and starts nothing', async () => {
    const { code, output, report } = await runQuickstart(['--dialect', 'klingon'])
    expect(code).toBe(2)
    expect(output).toContain('--dialect')
    expect(report).toBeUndefined()
  })
})
