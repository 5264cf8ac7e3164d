// Why the platform did not place a call (contract C.2, C.3, I.16 to I.20): the number, the phone, or what it said itself.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import { isE164 } from '../../common/kit/phone-number.ts'
import { isUsable, type OwnNumber } from '../../common/model/number.ts'
import type { PlaceCall } from '../platform/platform.ts'

export function notPlaced(thrown: unknown, placing: PlaceCall, numbers: readonly OwnNumber[]): AppError {
  const error = toAppError(thrown)
  const { detail, requestId, status } = error
  const more = { detail, requestId, status, cause: error }
  // A 500 most often means that no phone is registered (contract C.3).
  if (error.code === 'platform.broken') return new AppError('call.notPlaced', more)
  // An unknown action is a mistake of ours, and the platform says so (contract I.18).
  if (error.code !== 'platform.badRequest' || detail?.includes('INVALID_ACTION_TYPE')) return error
  const wrong = findMisspelt(placing)
  if (wrong !== undefined)
    return new AppError('call.numberFormat', { ...more, detail: join(`“${wrong}”`, detail) })
  const { source } = placing
  const usable = numbers.filter(isUsable)
  if (source.type === 'tel' && !usable.some(({ number }) => number === source.target))
    return new AppError('call.numberNotOwned', {
      ...more,
      detail: join(toOwned(source.target, usable), detail),
    })
  return error
}

function findMisspelt({ source, destinations }: PlaceCall): string | undefined {
  const numbers = [source, ...destinations].filter(({ type }) => type === 'tel')
  return numbers.map(({ target = '' }) => target).find((target) => !isE164(target))
}

/** The list of what can be chosen, in one line. */
function toOwned(source: string, usable: readonly OwnNumber[]): string {
  if (usable.length === 0) return `${source}; you have none`
  const shown = usable.slice(0, 5).map(({ number }) => number)
  return `${source}; yours: ${shown.join(', ')}${usable.length > 5 ? ` and ${usable.length - 5} more` : ''}`
}

const join = (...parts: Array<string | undefined>) => parts.filter(Boolean).join(' · ')
