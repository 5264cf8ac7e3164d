// Reading a transcript: what this window knows of it beside the lines, and the sizes in which it is read.
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState, Session } from '../../common/model/phone.ts'
import { say } from '../../common/words/say.ts'
import { callIdOf, frontSession, isRinging, lastEnded, remoteName } from './sessions.ts'

/** Where the list is to go; each wish is a new object. */
export type Place = { to: 'live' } | { to: 'line'; id: string }

export interface Reading {
  search: { open: boolean; text: string /** Number of the place that is looked at, from 0. */; at: number }
  /** The line that pin, flag and copy are about; without one they are about now, and about all. */
  selected: string | undefined
  /** The list of pinned and flagged moments is open. */
  listed: boolean
  /** Shows the last line of the other side large; 2 = the one before. 0 = closed. */
  again: number
  place: Place | undefined
  /** What the last press came to; it goes by itself. */
  told: string | undefined
}

export const initialReading: Reading = {
  search: { open: false, text: '', at: 0 },
  selected: undefined,
  listed: false,
  again: 0,
  place: undefined,
  told: undefined,
}

/** The call whose transcript the Call screen shows: the one in front, else the last one. */
export function toReadCall(
  app: Pick<AppState, 'links' | 'people' | 'bridged'>,
  phone: PhoneState,
): { callId: string; session: Session; name: string } | undefined {
  const front = frontSession(phone)
  if (front && (isRinging(front) || front.status === 'dialing' || front.status === 'ringing'))
    return undefined
  const session = front ?? lastEnded(phone)
  const callId = callIdOf(app, session)
  return session && callId !== undefined ? { callId, session, name: remoteName(session, app) } : undefined
}

/** In px; the second is that of all other text. */
export const captionSizes = [12, 14, 16, 18, 20, 24, 28, 32] as const

/** The next size up (1) or down (-1); nothing at the end of the row. */
export function toNextSize(size: number, step: 1 | -1): number | undefined {
  const next =
    step === 1 ? captionSizes.find((one) => one > size) : captionSizes.findLast((one) => one < size)
  return next
}

/** Wide: line height, distance of paragraphs, letters and words of WCAG 2.2, 1.4.12. */
export const spacingOptions = () => [
  { value: 'usual', label: say('Usual') },
  { value: 'wide', label: say('Wide') },
]

/** One that was set by hand stands among them. */
export const sizeOptions = (size: number) =>
  [...new Set([...captionSizes, size])]
    .sort((a, b) => a - b)
    .map((one) => ({ value: String(one), label: say('{size} px', { size: one }) }))

export const announcedOptions = () => [
  { value: 'them', label: say('The other side') },
  { value: 'all', label: say('Both sides') },
  { value: 'none', label: say('Nobody') },
]
