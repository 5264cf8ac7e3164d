// What a run comes to, and two runs side by side.
import { expect, test } from 'vitest'
import { AppError, type ErrorCode } from '../../../common/kit/errors.ts'
import { type Check, type CheckId, checkIds } from '../../../common/model/doctor.ts'
import { compareRuns } from '../../../main/doctor/compare.ts'
import { tree } from '../../../main/doctor/tree.ts'
import { toVerdict } from '../../../main/doctor/verdict.ts'

const all = (odd: Partial<Record<CheckId, Partial<Check>>> = {}): Check[] =>
  checkIds.map((id) => ({ id, state: 'passed', evidence: [], ...odd[id] }))
const bad = (code: ErrorCode, state: 'failed' | 'warned' = 'failed'): Partial<Check> => ({
  state,
  error: new AppError(code).toData(),
  confidence: 'likely',
})

test('no check stands on one that is asked after it', () => {
  for (const [at, row] of tree.entries())
    for (const below of row.after) expect(tree.findIndex(({ id }) => id === below)).toBeLessThan(at)
})

test('the row that the others stand on explains them', () => {
  const checks = all({ connect: bad('network.refused'), api: bad('network.refused') })
  expect(toVerdict([...checks].reverse(), tree)).toMatchObject({ state: 'failed', check: 'connect' })
})

test('a wrong clock explains a certificate that seems ended', () => {
  const checks = all({ clock: bad('doctor.clockOff'), encryption: bad('doctor.certificateEnded') })
  expect(toVerdict(checks, tree)).toMatchObject({ check: 'clock' })
})

test('a fault goes before a warning', () => {
  const checks = all({ adapters: bad('doctor.tunnel', 'warned'), edge: bad('doctor.edgeUnreachable') })
  expect(toVerdict(checks, tree)).toMatchObject({ state: 'failed', check: 'edge' })
})

test.each<CheckId>(['connect', 'api', 'events', 'edge'])(
  'health is not claimed when %s was not seen',
  (id) => {
    expect(toVerdict(all({ [id]: { state: 'skipped' } }), tree).state).toBe('incomplete')
  },
)

test('health is not claimed when nothing came back over UDP', () => {
  expect(toVerdict(all({ stun: { state: 'skipped' }, turn: { state: 'skipped' } }), tree).state).toBe(
    'incomplete',
  )
  expect(toVerdict(all({ stun: { state: 'skipped' } }), tree).state).toBe('healthy')
})

test('of two runs only what differs is told, and times do not', () => {
  const here = all({ edge: bad('doctor.edgeUnreachable'), api: { ms: 4 } })
  const there = all({ api: { ms: 900 } })
  expect(compareRuns(here, there).map(({ id }) => id)).toEqual(['edge'])
})
