// A re-INVITE of ours: a new offer inside the call, or the wish for one (RFC 3261 section 14.1).
import { exchange } from './agent.ts'
import type { CallInside } from './call.ts'
import { destination, refreshTarget, toRequest } from './dialog.ts'
import { cseq, type Header, type SipRequest, type SipResponse } from './message.ts'
import type { Codec, Direction } from './sdp.ts'

export interface Change {
  direction?: Direction
  codecs?: readonly Codec[]
  /** A re-INVITE without an offer. */
  sdp?: 'offer' | 'none'
  connection?: string
  headers?: readonly Header[]
  /** Instead of a description of our own. */
  body?: string
}

/** A new offer inside the call; its answer is acknowledged as often as it comes. */
export function reinvite(call: CallInside, change: Change): Promise<SipResponse> {
  const { agent, dialog, media } = call
  const { sdp = 'offer', headers = [], body, ...description } = change
  const offer = sdp === 'none' ? '' : (body ?? media.offer(description))
  const type: Header[] = offer === '' ? [] : [['Content-Type', 'application/sdp']]
  return new Promise((resolve, reject) => {
    let ack: SipRequest | undefined
    exchange(
      agent,
      (auth) => toRequest(agent, dialog, 'INVITE', { headers: [...type, ...headers, ...auth], body: offer }),
      destination(agent, dialog),
      {
        onTimeout: () => reject(new Error('no answer to a re-INVITE')),
        onResponse(response) {
          if (response.status < 200) return
          if (response.status < 300) {
            ack ??= toAck(call, response, sdp, description)
            agent.transactions.sendOnly(ack, destination(agent, dialog))
            call.keepTime(response, 'uac')
          }
          resolve(response)
        },
      },
    )
  })
}

function toAck(
  call: CallInside,
  response: SipResponse,
  sdp: 'offer' | 'none',
  description: Change,
): SipRequest {
  const { agent, dialog, media } = call
  refreshTarget(dialog, response)
  const { number } = cseq(response)
  if (sdp === 'offer') {
    media.accept(response.body)
    return toRequest(agent, dialog, 'ACK', { number })
  }
  // The 200 held the offer, so the answer goes into the ACK (RFC 3261 section 13.2.1).
  const { direction, codecs } = description
  const answer =
    media.answer(response.body, { ...(direction && { direction }), ...(codecs && { codecs }) }) ?? ''
  return toRequest(agent, dialog, 'ACK', {
    number,
    headers: [['Content-Type', 'application/sdp']],
    body: answer,
  })
}
