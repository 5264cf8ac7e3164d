// A call from an own number through the platform: which of our calls it is, whom it joins, and how far that has come.

/** By the id of our own leg. */
export interface Bridged {
  from: string
  to: string
  far: 'waiting' | 'calling' | 'ringing' | 'up' | 'over'
  /** Why the far leg ended, in the platform's word (contract C.3). */
  reason?: string | undefined
}
