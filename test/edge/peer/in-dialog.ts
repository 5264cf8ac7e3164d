// What the other side asks inside a call: answered by the manners of the call, and recorded.
import { parseAddress, parseUri } from './address.ts'
import type { CallInside } from './call.ts'
import { refreshTarget } from './dialog.ts'
import { cseq, type Header, hasOption, header, need, type SipResponse } from './message.ts'
import { type CallOptions, placeCall } from './outgoing.ts'
import { timerHeaders } from './session-timer.ts'
import { type ResponseParts, type ServerTransaction, toResponse } from './transactions.ts'

export function receiveInDialog(
  call: CallInside,
  transaction: ServerTransaction,
  onCall: (call: CallInside) => void,
) {
  const { request } = transaction
  const { manners, dialog } = call
  const answer = (status: number, parts: ResponseParts = {}) => {
    call.record(request, status)
    if (status > 0) transaction.respond(toResponse(request, status, parts))
  }
  const { number } = cseq(request)
  // RFC 3261 section 12.2.2: what was overtaken is refused.
  if (number < dialog.remoteSeq) return answer(500)
  dialog.remoteSeq = number

  switch (request.method) {
    case 'BYE':
      if (manners.bye === 'ignore') return answer(0)
      answer(manners.bye === 'accept' ? 200 : manners.bye)
      return call.end({ by: 'them', how: 'bye', message: request })
    case 'INVITE':
    case 'UPDATE':
      return renegotiate(call, transaction, answer)
    case 'REFER':
      if (manners.refer !== 'follow') return answer(manners.refer)
      answer(202, { headers: [['Contact', `<${call.agent.contact}>`]] })
      return void followRefer(call, need(request, 'Refer-To'), header(request, 'Referred-By'), onCall)
    case 'INFO':
      return answer(manners.info)
    case 'NOTIFY':
    case 'OPTIONS':
    case 'MESSAGE':
      return answer(200)
    default:
      return answer(405)
  }
}

function renegotiate(
  call: CallInside,
  transaction: ServerTransaction,
  answer: (status: number, parts?: ResponseParts) => void,
) {
  const { request } = transaction
  const { manners, media } = call
  if (manners.reinvite === 'ignore') return answer(0)
  if (manners.reinvite !== 'accept') return answer(manners.reinvite)
  refreshTarget(call.dialog, request)
  const headers: Header[] = [['Contact', `<${call.agent.contact}>`], ...answeredTimer(call, transaction)]
  if (request.body === '') {
    if (request.method === 'UPDATE') return answer(200, { headers })
    transaction.onAck = (ack) => void (ack.body !== '' && media.accept(ack.body))
    return answer(200, { headers, body: media.offer() })
  }
  const body = media.answer(request.body)
  if (body === undefined) return answer(488)
  answer(200, { headers, body })
}

/** A refresh keeps the interval and who refreshes (RFC 4028 section 9). */
function answeredTimer(call: CallInside, { request }: ServerTransaction): Header[] {
  const asked = header(request, 'Session-Expires')
  if (asked === undefined || !hasOption(request, 'Supported', 'timer')) return []
  const refresher = /refresher=uas/i.test(asked) ? 'uas' : 'uac'
  const headers: Header[] = [...timerHeaders(Number.parseInt(asked, 10), refresher), ['Require', 'timer']]
  call.keepTime(toResponse(request, 200, { headers }), 'uas')
  return headers
}

/** The call that was asked for, with its progress told in NOTIFY bodies (RFC 3515 section 2.4.4). */
async function followRefer(
  call: CallInside,
  referTo: string,
  referredBy: string | undefined,
  onCall: (call: CallInside) => void,
): Promise<void> {
  const { uri } = parseAddress(referTo)
  const { headers } = parseUri(uri)
  const options: CallOptions = {
    headers: [
      ...(headers.Replaces === undefined ? [] : [['Replaces', headers.Replaces] as const]),
      ...(referredBy === undefined ? [] : [['Referred-By', referredBy] as const]),
    ],
  }
  const tell = (status: string, isLast: boolean) =>
    call.request('NOTIFY', {
      headers: [
        ['Event', 'refer'],
        ['Subscription-State', isLast ? 'terminated;reason=noresource' : 'active;expires=60'],
        ['Content-Type', 'message/sipfrag;version=2.0'],
      ],
      body: `SIP/2.0 ${status}\r\n`,
    })
  const told = (status: string, isLast: boolean) => void tell(status, isLast).catch(() => {})
  told('100 Trying', false)
  const target = await placeCall(call.agent, uri.split('?')[0] ?? uri, options)
  onCall(target)
  call.transfers.tell(target)
  const last = await target.facts.wait(
    'the outcome of a transfer',
    (fact) => {
      if (fact.kind === 'provisional' && fact.message.status > 100) told(toLine(fact.message), false)
      return fact.kind === 'answered' || fact.kind === 'ended'
    },
    120_000,
  )
  if (last.kind === 'answered') return told('200 OK', true)
  const refusal = last.kind === 'ended' ? last.end.message : undefined
  told(refusal?.kind === 'response' ? toLine(refusal) : '408 Request Timeout', true)
}

const toLine = ({ status, reason }: SipResponse) => `${status} ${reason}`
