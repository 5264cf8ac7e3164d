// Placing a call: INVITE, its answers, ACK, CANCEL. A second phone that answers too is thanked and hung up on.
import { newBranch, tagOf, token } from './address.ts'
import { type Agent, exchange, placeOf } from './agent.ts'
import { type CallInside, createCall } from './call.ts'
import { confirmAsCaller, type Dialog, destination, toRequest } from './dialog.ts'
import { openMedia } from './media.ts'
import { branchOf, cseq, type Header, need, type SipRequest, type SipResponse } from './message.ts'
import type { Codec, Direction } from './sdp.ts'
import { type SessionTimer, timerHeaders } from './session-timer.ts'

export interface CallOptions {
  /** `none`: the other side makes the offer in its 200 (RFC 3261 section 13.2.1). */
  sdp?: 'offer' | 'none'
  codecs?: readonly Codec[]
  direction?: Direction
  headers?: readonly Header[]
  from?: { user?: string; displayName?: string; domain?: string }
  /** Instead of a description of our own. */
  body?: string
  sessionTimer?: SessionTimer
  callId?: string
  /** Last change before it goes out. */
  edit?: (request: SipRequest) => SipRequest
}

/** Resolves when the INVITE is out. */
export async function placeCall(agent: Agent, uri: string, options: CallOptions): Promise<CallInside> {
  const media = await openMedia(agent.host, options.codecs ?? agent.codecs)
  const dialog = toNewDialog(agent, uri, options)
  const call = createCall(agent, 'outgoing', dialog, media)
  const late = options.sdp === 'none'
  const offer = late
    ? ''
    : (options.body ?? media.offer(options.direction ? { direction: options.direction } : {}))
  const timer = options.sessionTimer
  const headers: Header[] = [
    ['Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, NOTIFY, REFER, UPDATE'],
    ...(timer ? timerHeaders(timer.seconds, timer.refresher, timer.minSe) : []),
    ...(options.headers ?? []),
    ...(offer === '' ? [] : [['Content-Type', 'application/sdp'] as const]),
  ]
  const make = (auth: readonly Header[]) => {
    const request = toRequest(agent, dialog, 'INVITE', { headers: [...headers, ...auth], body: offer })
    return options.edit?.(request) ?? request
  }
  follow(call, make, placeOf(uri, agent.proxy), late)
  return call
}

function toNewDialog(agent: Agent, uri: string, options: CallOptions): Dialog {
  const { user = agent.user, displayName, domain = agent.domain } = options.from ?? {}
  const localTag = token()
  const name = displayName === undefined ? '' : `"${displayName}" `
  return {
    callId: options.callId ?? token(12),
    local: `${name}<sip:${user}@${domain}>;tag=${localTag}`,
    remote: `<${uri.split('?')[0]}>`,
    localTag,
    remoteTag: undefined,
    remoteTarget: uri,
    routes: [],
    localSeq: Math.floor(Math.random() * 1000),
    remoteSeq: 0,
  }
}

function follow(
  call: CallInside,
  make: (auth: readonly Header[]) => SipRequest,
  to: { host: string; port: number },
  late: boolean,
): void {
  const { agent, media } = call
  /** What acknowledges each answer, by its tag. */
  const acks = new Map<string, SipRequest>()
  let reached = false
  /** We gave up; the CANCEL waits for a first answer. */
  let leaving: 'no' | 'waiting' | 'canceled' = 'no'

  const cancel = () => {
    leaving = 'canceled'
    const request = toCancel(invite.sent)
    agent.transactions.request(request, to, { onResponse: () => {} }, branchOf(invite.sent))
  }

  const accept = (response: SipResponse) => {
    const tag = tagOf(need(response, 'To')) ?? ''
    const known = acks.get(tag)
    if (known) return agent.transactions.sendOnly(known, destination(agent, call.dialog))
    if (acks.size > 0 || call.status === 'ended') return refuseSecond(call, response)
    confirmAsCaller(call.dialog, response)
    const answer = late ? media.answer(response.body) : undefined
    const heard = late ? answer !== undefined : media.accept(response.body)
    const ack = toRequest(agent, call.dialog, 'ACK', {
      number: cseq(response).number,
      ...(answer === undefined ? {} : { headers: [['Content-Type', 'application/sdp']], body: answer }),
    })
    acks.set(tag, ack)
    agent.transactions.sendOnly(ack, destination(agent, call.dialog))
    call.begin(response)
    call.keepTime(response, 'uac')
    if (!heard) call.bye([['Reason', 'SIP;cause=488']]).catch(() => {})
    // The answer crossed our CANCEL: there is a call now, and it is ended like one (RFC 3261 section 15).
    else if (leaving !== 'no') call.bye().catch(() => {})
  }

  const invite = exchange(agent, make, to, {
    onTimeout: () => call.end({ by: 'them', how: 'timeout' }),
    onResponse(response) {
      const { status } = response
      if (status < 200) {
        reached = true
        call.progress(response)
        // Early media: an answer in a provisional response is provisional too, but already heard.
        if (!late && response.body !== '') media.accept(response.body)
        if (leaving === 'waiting') cancel()
      } else if (status < 300) accept(response)
      else if (status === 487) call.end({ by: 'us', how: 'cancel', status, message: response })
      else call.end({ by: 'them', how: 'refused', status, message: response })
    },
  })

  call.leave = async () => {
    // A CANCEL before any answer would chase a request that may not have arrived (RFC 3261 section 9.1).
    if (reached) cancel()
    else leaving = 'waiting'
    await call.ended()
  }
}

function toCancel(invite: SipRequest): SipRequest {
  const kept = invite.headers.filter(([name]) =>
    ['Max-Forwards', 'Route', 'From', 'To', 'Call-ID'].includes(name),
  )
  const headers: Header[] = [...kept, ['CSeq', `${cseq(invite).number} CANCEL`]]
  return { kind: 'request', method: 'CANCEL', uri: invite.uri, headers, body: '' }
}

/** RFC 3261 section 13.2.2.4: every 2xx is acknowledged; a call we do not want is ended. */
function refuseSecond(call: CallInside, response: SipResponse): void {
  const { agent } = call
  const other: Dialog = { ...call.dialog }
  confirmAsCaller(other, response)
  const number = cseq(response).number
  agent.transactions.sendOnly(toRequest(agent, other, 'ACK', { number }), destination(agent, other))
  other.localSeq = number
  const bye = toRequest(agent, other, 'BYE')
  agent.transactions.request(bye, destination(agent, other), { onResponse: () => {} }, newBranch())
}
