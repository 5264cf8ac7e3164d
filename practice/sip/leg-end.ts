// What a final answer to our INVITE means for the call (contract G.1).
import type { LegEnd } from '../line.ts'

export function toLegEnd(sipStatus: number): LegEnd {
  if (sipStatus === 486 || sipStatus === 600) return 'busy'
  if (sipStatus === 603 || sipStatus === 403 || sipStatus === 480) return 'declined'
  if (sipStatus === 487) return 'canceled'
  if (sipStatus === 408) return 'timeout'
  // 404: the phone does not know the contact any more; 503: the socket broke under the request.
  if (sipStatus === 404 || sipStatus === 410 || sipStatus === 503) return 'unreachable'
  return 'failed'
}
