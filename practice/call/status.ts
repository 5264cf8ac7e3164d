// The life of a call: forward only (contract G.1).
//
//   dialing → ringing → progressing → terminating → hangup
//   dialing | ringing → canceling → hangup
//
import type { LegState } from '../line.ts'
import type { Call, CallStatus, HangupReason } from '../store/resources.ts'
import type { World } from '../world.ts'

const rank: Record<CallStatus, number> = {
  dialing: 0,
  ringing: 1,
  progressing: 2,
  canceling: 3,
  terminating: 3,
  hangup: 4,
}

/** Moves a call forward and tells it; a step backward is refused. */
export function advance(world: World, call: Call, status: CallStatus, fields: Partial<Call> = {}): boolean {
  if (rank[status] <= rank[call.status]) return false
  world.store.calls.change(call, { ...fields, status })
  world.log.info(`call ${call.id} ${status}${fields.hangup_reason ? ` (${fields.hangup_reason})` : ''}`)
  world.events.publish(`call_${status}`, call)
  return true
}

export const isUp = (call: Call) => call.status === 'progressing'
export const isOver = (call: Call) => rank[call.status] >= rank.terminating
export const isEnded = (call: Call) => call.status === 'hangup'

/** What the call shows for the way its leg ended (contract G.1, second table). */
export function toHangupReason(ended: Extract<LegState, { status: 'ended' }>, wasUp: boolean): HangupReason {
  if (wasUp) return ended.why === 'failed' ? 'failed' : 'normal'
  if (ended.sipStatus === 486 || ended.sipStatus === 600) return 'busy'
  if (ended.why === 'canceled') return 'cancel'
  if (ended.why === 'timeout') return 'dialout'
  if (ended.why === 'unreachable') return 'failed'
  if (ended.sipStatus === 408) return 'dialout'
  if (ended.sipStatus !== undefined && [403, 480, 603].includes(ended.sipStatus)) return 'noanswer'
  return ended.why === 'busy' ? 'busy' : ended.why === 'declined' ? 'noanswer' : 'failed'
}
