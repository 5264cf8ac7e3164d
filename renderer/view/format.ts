// Figures as people read them.
import { say, toFormats } from '../../common/words/say.ts'

/** How long ago, in the coarsest unit that still says something. */
export function toAge(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000))
  if (s < 2) return say('just now')
  if (s < 60) return say('{n} s ago', { n: s })
  if (s < 3600) return say('{n} min ago', { n: Math.floor(s / 60) })
  if (s < 86_400) return say('{n} h ago', { n: Math.floor(s / 3600) })
  return say('{n} d ago', { n: Math.floor(s / 86_400) })
}

/** `2:07`, `1:02:07`: a running clock. */
export function toClock(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000))
  const [h, m, rest] = [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(rest)}` : `${m}:${two(rest)}`
}

/** How long something took. */
export function toTook(ms: number): string {
  if (ms < 1000) return say('{n} ms', { n: Math.round(ms) })
  if (ms < 60_000) return say('{n} s', { n: (ms / 1000).toFixed(1) })
  return say('{min} min {s} s', { min: Math.floor(ms / 60_000), s: Math.floor(ms / 1000) % 60 })
}

/** Time of day with milliseconds, as traces need it. */
export function toTime(at: number): string {
  const d = new Date(at)
  const pad = (n: number, width = 2) => String(n).padStart(width, '0')
  return `${pad(d.getHours())}:${pad(d.getMinutes())}:${pad(d.getSeconds())}.${pad(d.getMilliseconds(), 3)}`
}

/** A moment ahead: the time today, else the date. */
export function toMoment(at: number, now: number): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString()
  return new Date(at).toLocaleString(toFormats(), {
    ...(sameDay ? {} : { day: 'numeric', month: 'short', year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  })
}

const encoder = new TextEncoder()
/** UTF-8 bytes: what the platform's limit counts (contract C.6). */
export const byteLength = (text: string): number => encoder.encode(text).length

export const toPercent = (share: number): string => say('{n} %', { n: Math.round(share * 100) })
