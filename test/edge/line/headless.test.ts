// The whole main job over the real edge, without a window: every step proven, on a pinned certificate.
import { afterEach, describe, expect, it } from 'vitest'
import { stepIds } from '../../../common/model/quickstart.ts'
import { runQuickstart } from '../../support/headless-run.ts'
import { type EdgePractice, openEdgePractice } from './edge-practice.ts'

let platform: EdgePractice | undefined
afterEach(async () => {
  await platform?.close()
  platform = undefined
})

describe('the headless quickstart over the edge', () => {
  it('proves every step', async () => {
    platform = await openEdgePractice()
    const { apiUrl, edge, keyFile } = platform
    const args = ['--api', apiUrl, '--access-key-file', keyFile, '--edge', edge.wssUrl, '--pin', edge.spki]
    const { code, output, report } = await runQuickstart(args)
    expect(
      report?.steps.filter((step) => step.state !== 'passed'),
      output,
    ).toEqual([])
    expect(report?.steps.map((step) => step.id)).toEqual([...stepIds])
    expect(code).toBe(0)
    // The call went over the edge and its secure socket, and nothing of the key is told.
    expect(edge.log.find('register', { status: 200 })).not.toEqual([])
    expect(edge.log.find('branch', { method: 'INVITE' })).toHaveLength(1)
    expect(output).not.toMatch(/vb_[A-Za-z0-9]{6}/)
  })

  it('registers nowhere when the certificate is not the pinned one', async () => {
    platform = await openEdgePractice()
    const { apiUrl, edge, keyFile } = platform
    const args = ['--api', apiUrl, '--access-key-file', keyFile, '--edge', edge.wssUrl, '--timeout', '5']
    const { code, report } = await runQuickstart(args)
    expect(report?.steps.find(({ id }) => id === 'register')?.state).toBe('failed')
    expect(edge.log.find('request', { method: 'REGISTER' })).toEqual([])
    expect(code).toBe(1)
  })
})
