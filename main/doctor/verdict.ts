// What a run comes to: the one row that explains the others, and never health that nobody has seen.
import type { Check, CheckId, Confidence, Verdict } from '../../common/model/doctor.ts'
import type { CheckRow } from './check.ts'

/** Without these nobody can say that a call would work. */
const vital: readonly CheckId[] = ['connect', 'api', 'events', 'edge']

/** One of these shows that datagrams go out and come back. */
const sound: readonly CheckId[] = ['stun', 'turn']

/** A later row that knows better than the one it explains. */
const better: ReadonlyArray<{ code: string; than: readonly string[] }> = [
  // A wrong clock makes a certificate look ended.
  { code: 'doctor.clockOff', than: ['doctor.certificateEnded'] },
  // A relay over TCP that works while UDP is silent says whose fault the silence is.
  { code: 'doctor.udpBlocked', than: ['doctor.stunSilent'] },
]

export function toVerdict(checks: readonly Check[], rows: readonly CheckRow[]): Verdict {
  const found = checks.filter(({ state }) => state === 'failed')
  const roots = found.filter((one) => !standsOn(one.id, found, rows))
  const worst = roots[0] ?? found[0]
  if (worst) return toOutcome('failed', explain(worst, checks))
  const odd = surest(checks.filter(({ state }) => state === 'warned'))
  if (odd) return toOutcome('warned', odd)
  const isSeen = (id: CheckId) => checks.some((one) => one.id === id && one.state === 'passed')
  return { state: vital.every(isSeen) && sound.some(isSeen) ? 'healthy' : 'incomplete' }
}

/** Whether another of the found ones lies below this one. */
function standsOn(id: CheckId, found: readonly Check[], rows: readonly CheckRow[]): boolean {
  const below = rows.find((row) => row.id === id)?.after ?? []
  return below.some((each) => found.some((one) => one.id === each) || standsOn(each, found, rows))
}

function explain(check: Check, checks: readonly Check[]): Check {
  const code = check.error?.code ?? ''
  const knows = better.filter(({ than }) => than.includes(code)).map((row) => row.code)
  const isBad = ({ state, error }: Check) =>
    error !== undefined && knows.includes(error.code) && counts(state, error.code)
  return checks.find(isBad) ?? check
}

/** A clock that is off by seconds ends no certificate. */
const counts = (state: Check['state'], code: string) => code !== 'doctor.clockOff' || state === 'failed'

function surest(checks: readonly Check[]): Check | undefined {
  const of = (sure: Confidence) => checks.find(({ confidence }) => confidence === sure)
  return of('certain') ?? of('likely') ?? checks[0]
}

const toOutcome = (state: Verdict['state'], { id, error, confidence }: Check): Verdict => ({
  state,
  check: id,
  error,
  confidence,
})
