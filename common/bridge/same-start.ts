// Whether two starts of the phone mean the same: what runs already must not begin anew, and end its calls, for nothing.
import type { PhoneStart } from './table.ts'

/** The order of the edges says only where to begin; who is registered has begun. */
export const isSameStart = (one: PhoneStart, other: PhoneStart): boolean => toKey(one) === toKey(other)

const toKey = (start: PhoneStart) => JSON.stringify({ ...start, edges: [...start.edges].sort() })
