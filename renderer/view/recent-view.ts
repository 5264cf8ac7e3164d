// People of the calls that were, each once: whom to call again.
import type { CallRecord } from '../../common/model/history.ts'

export interface Recent {
  name: string
  /** What goes into the dial field. */
  target: string
  at: number
  /** Called from here. */
  dialled: boolean
}

const most = 20

/** `own`: the domain of this phone, where a user is enough. */
export function toRecent(
  calls: readonly Pick<CallRecord, 'name' | 'address' | 'startedAt' | 'direction'>[],
  own: string | undefined,
): Recent[] {
  const found = new Map<string, Recent>()
  for (const { name, address, startedAt, direction } of calls) {
    const target = toTarget(address, own)
    const one = { name, target: target ?? '', at: startedAt, dialled: direction === 'outgoing' }
    if (target !== undefined && !found.has(target)) found.set(target, one)
    if (found.size === most) break
  }
  return [...found.values()]
}

/** Nothing for a caller who hides. A number alone is one that the platform was asked to call. */
function toTarget(address: string, own: string | undefined): string | undefined {
  if (/^\+\d+$/.test(address)) return address
  const at = address.lastIndexOf('@')
  if (at <= 0) return undefined
  return address.slice(at + 1).toLowerCase() === own?.toLowerCase() ? address.slice(0, at) : address
}

/** Up and down in the field: whom it names next, older ones upwards; past the newest it is empty again. */
export function stepRecent(recent: readonly Recent[], text: string, step: 1 | -1): string | undefined {
  const at = recent.findIndex(({ target }) => target === text)
  if (at < 0 && (text !== '' || step < 0)) return undefined
  const next = at + step
  return next < 0 ? '' : recent[next]?.target
}

export const toLastDialled = (recent: readonly Recent[]): string | undefined =>
  recent.find(({ dialled }) => dialled)?.target
