// How long somebody lets it ring before it is given up as not answered. The platform rings for 60 s (contract F.6).

export interface Patience {
  /** A call to us, ms: we must not give up before the platform does. */
  ringMs: number
  /** A call of ours, ms from the INVITE: the platform needs some time before its ringing and after it. */
  dialMs: number
}

export const usualPatience: Patience = { ringMs: 75_000, dialMs: 90_000 }
