// A call on the platform (never a SIP session), as `GET /calls/{id}` and call events show it (contract C.3).

export type CallStatus =
  | 'dialing'
  | 'ringing'
  | 'progressing'
  | 'terminating'
  | 'canceling'
  | 'hangup'
  | 'unknown'

export interface Address {
  type: string
  target: string
  targetName: string
}

/** Times are epoch ms. */
export interface Call {
  id: string
  status: CallStatus
  direction: 'incoming' | 'outgoing' | 'unknown'
  source: Address
  destination: Address
  activeflowId?: string | undefined
  masterCallId?: string | undefined
  chainedCallIds: string[]
  hangupBy?: string | undefined
  hangupReason?: string | undefined
  ringingAt?: number | undefined
  progressingAt?: number | undefined
  hangupAt?: number | undefined
  createdAt?: number | undefined
  updatedAt?: number | undefined
}

/** One entry in `callIds` per registered contact (contract C.4). */
export interface Groupcall {
  id: string
  status: string
  callIds: string[]
  groupcallIds: string[]
  /** `source.target`: the caller that its INVITEs show. */
  from?: string | undefined
  answerCallId?: string | undefined
  updatedAt?: number | undefined
}

/** Order in which a call may move; a lower rank never replaces a higher one (contract E.7, G.1). */
export const callRank: Record<CallStatus, number> = {
  unknown: -1,
  dialing: 0,
  ringing: 1,
  progressing: 2,
  terminating: 3,
  canceling: 3,
  hangup: 4,
}

/** Which of two views of one call to keep: higher rank wins, for equal rank the newer update. */
export function newerCall(known: Call | undefined, next: Call): Call {
  if (!known) return next
  const step = callRank[next.status] - callRank[known.status]
  if (step !== 0) return step > 0 ? next : known
  return (next.updatedAt ?? 0) >= (known.updatedAt ?? 0) ? next : known
}

/** The match between a SIP session and its call on the platform (contract G.2). */
export type CallLink =
  | { status: 'linking' }
  | { status: 'linked'; callId: string; by: LinkKey }
  | { status: 'unlinked'; reason: string }

/** Keys of contract G.2: 1 contact, 2 call ids of our own request, 3 answer_call_id, 5 and 6 caller and time. */
export type LinkKey = 'contact' | 'callIds' | 'answered' | 'callerAndTime'
