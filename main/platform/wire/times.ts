// Times on the wire come in five forms (contract B.7): all become epoch ms or nothing.
import { z } from 'zod'

const form = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?\s*(Z|[+-]\d{2}:?\d{2})?$/i

/** Epoch ms; nothing for null, absent, "", year 9999 (= never) and year 1 (= unset, or an offset). */
export function parseTime(value: unknown): number | undefined {
  const read = readTime(value)
  return read && read.year > 1 && read.year < 9999 ? read.ms : undefined
}

const yearOne = Date.UTC(2001, 0, 1)

/** `tm_transcript` is an offset written as a date in year 1: `0001-01-01T00:00:05.123Z` = 5,123 ms. */
export function parseOffset(value: unknown): number | undefined {
  const read = readTime(value)
  if (read?.year !== 1) return undefined
  return read.ms - yearOne
}

function readTime(value: unknown): { year: number; ms: number } | undefined {
  if (typeof value !== 'string') return undefined
  const match = form.exec(value.trim())
  if (!match) return undefined
  const [, year = '', month, day, hour, minute, second, fraction = '', zone = ''] = match
  const ofYear = Number(year)
  // Date.UTC reads years below 100 as 19xx: such dates are counted in 2001.
  const ms = Date.UTC(
    ofYear < 100 ? ofYear + 2000 : ofYear,
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Math.floor(Number(`0.${fraction || '0'}`) * 1000),
  )
  return Number.isNaN(ms) ? undefined : { year: ofYear, ms: ms - toZoneMs(zone) }
}

/** A time without a zone is UTC. */
function toZoneMs(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return (match[1] === '-' ? -minutes : minutes) * 60_000
}

export const OptionalTime = z.unknown().optional().transform(parseTime)
export const OptionalOffset = z.unknown().optional().transform(parseOffset)
