// Two runs side by side, such as office and hotspot: only what differs.
import type { Check, CheckId } from '../../common/model/doctor.ts'

export interface Difference {
  id: CheckId
  here: Pick<Check, 'state' | 'says' | 'error' | 'evidence'>
  there: Pick<Check, 'state' | 'says' | 'error' | 'evidence'>
}

/** By state and fault: times, ports and what a clock showed differ always and say nothing. */
export function compareRuns(here: readonly Check[], there: readonly Check[]): Difference[] {
  return here.flatMap((one) => {
    const other = there.find(({ id }) => id === one.id)
    return other && toKey(one) !== toKey(other) ? [{ id: one.id, here: one, there: other }] : []
  })
}

const toKey = ({ state, error }: Check): string => `${state} ${error?.code ?? ''}`
