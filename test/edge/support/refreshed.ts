// The phone has told the caller anew where it is, and both are done with it: from here on the caller may ask for something.
import type { Edge } from '../fixture/edge.ts'
import type { PeerCall } from '../peer/call.ts'
import { cseq, type SipRequest } from '../peer/message.ts'

/**
 * The first re-INVITE of the phone, once its ACK has passed the edge. A BYE before that makes the edge forget the media
 * while our 200 is still on its way: it would arrive unencrypted, and be refused.
 */
export async function refreshed({ log }: Pick<Edge, 'log'>, call: PeerCall): Promise<SipRequest> {
  const invite = await call.received('INVITE')
  await log.next('request', { method: 'ACK', call: call.callId, cseq: cseq(invite).number })
  return invite
}
