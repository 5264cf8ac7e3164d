// One fault at a time on a network of its own: the doctor names it, and only a healthy one is called healthy.
import { afterEach, describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../../common/kit/errors.ts'
import type { CheckId, DoctorRun } from '../../../common/model/doctor.ts'
import { type Lab, openLab } from '../../support/fault-lab.ts'
import { faults } from './faults.ts'

let lab: Lab | undefined
const keep = async (opened: Promise<Lab>) => {
  lab = await opened
  return lab
}

afterEach(async () => {
  await lab?.close()
  lab = undefined
})

const states = ({ checks }: DoctorRun) => Object.fromEntries(checks.map(({ id, state }) => [id, state]))

function expectFault(run: DoctorRun, check: CheckId, code: ErrorCode): void {
  expect({ check: run.verdict?.check, code: run.verdict?.error?.code }).toEqual({ check, code })
}

describe('a network without a fault', () => {
  test('is called healthy, and every row says what was seen', async () => {
    const run = await (await keep(openLab())).examine()
    expect(run.verdict).toEqual({ state: 'healthy' })
    expect(states(run)).toEqual({
      adapters: 'passed',
      name: 'passed',
      proxy: 'passed',
      connect: 'passed',
      ipv6: 'skipped',
      clock: 'passed',
      encryption: 'skipped',
      api: 'passed',
      events: 'passed',
      edge: 'passed',
      stun: 'passed',
      turn: 'skipped',
      nat: 'passed',
    })
  })

  test('is not called healthy as long as the edge is not known', async () => {
    const it = await keep(openLab())
    it.target = { ...it.target, edges: [] }
    expect((await it.examine()).verdict).toEqual({ state: 'incomplete' })
  })
})

describe('one fault', () => {
  test.each(faults)('$title: $check says $code', async ({ check, code, plant }) => {
    const run = await (await keep(plant())).examine()
    expectFault(run, check, code)
    expect(run.verdict?.confidence).toBeDefined()
  })
})
