// People of the calls that were, each once: whom to call again.
import type { CallRecord } from '../../common/model/history.ts'

export interface Recent {
  name: string
  /** What goes into the dial field. */
  target: string
  at: number
}

const most = 20

/** `own`: the domain of this phone, where a user is enough. */
export function toRecent(
  calls: readonly Pick<CallRecord, 'name' | 'address' | 'startedAt'>[],
  own: string | undefined,
): Recent[] {
  const found = new Map<string, Recent>()
  for (const { name, address, startedAt } of calls) {
    const target = toTarget(address, own)
    if (target !== undefined && !found.has(target)) found.set(target, { name, target, at: startedAt })
    if (found.size === most) break
  }
  return [...found.values()]
}

/** Nothing for a caller who hides. */
function toTarget(address: string, own: string | undefined): string | undefined {
  const at = address.lastIndexOf('@')
  if (at <= 0) return undefined
  return address.slice(at + 1).toLowerCase() === own?.toLowerCase() ? address.slice(0, at) : address
}
