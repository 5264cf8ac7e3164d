// What rings, what was missed, and what is seen of the phone outside its window.
import { z } from 'zod'
import { Language } from '../words/languages.ts'
import type { GlobalKeys } from './wish.ts'

/** A call that waits for an answer, in words for a person. */
export const RingingCall = z.object({
  sessionId: z.string(),
  name: z.string(),
  /** Empty where the name says it all. */
  address: z.string(),
  /** Epoch ms. */
  since: z.number(),
})
export type RingingCall = z.infer<typeof RingingCall>

export interface MissedCall {
  sessionId: string
  name: string
  address: string
  /** To call back; empty when the caller hides. */
  user: string
  /** When it began to ring, epoch ms. */
  at: number
  why: 'notAnswered' | 'doNotDisturb' | 'busy'
  seen: boolean
}

export interface Ringing {
  /** Newest first. */
  missed: MissedCall[]
  /** New calls are refused as busy: do not disturb, but for a call that this companion asked for itself. */
  refuses: boolean
  /** Whether a tray icon leads back to a closed window; `none`: this shell ends with its window. */
  tray: 'there' | 'missing' | 'none'
}

export const initialRinging: Ringing = { missed: [], refuses: false, tray: 'none' }

export const countUnseen = ({ missed }: Ringing): number => missed.filter(({ seen }) => !seen).length

/** The phone as a tray icon can show it. */
export type DeskRegistration = 'registered' | 'trying' | 'offline' | 'refused'

/** All that a shell shows outside the window; small enough to compare. */
export interface DeskFace {
  registration: DeskRegistration
  ringing: RingingCall | undefined
  /** A call is up that quitting would end; one that only rings is none. */
  inCall: boolean
  /** Not seen yet. */
  missed: number
  lastMissed: MissedCall | undefined
  doNotDisturb: boolean
  language: Language
  theme: 'system' | 'light' | 'dark'
  whenClosed: 'stay' | 'quit'
  /** That closing does not quit has been said. */
  closingTold: boolean
  startAtLogin: boolean
  openLinks: boolean
  globalKeys: GlobalKeys
}

/** Why the phone itself refused an invitation, as it stands in `session.reason`. */
export const refusalReasons = {
  doNotDisturb: 'do not disturb',
  busy: 'busy with another call',
} as const

/** What the small call window shows. */
export const CallNotice = z.object({
  call: RingingCall,
  theme: z.enum(['light', 'dark']),
  language: Language,
})
export type CallNotice = z.infer<typeof CallNotice>
export const CallNoticeAct = z.object({ act: z.enum(['answer', 'decline']), sessionId: z.string() })
export type CallNoticeAct = z.infer<typeof CallNoticeAct>
