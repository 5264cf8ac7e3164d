// Whole messages to break: every kind that an edge sends, fitting the phone's own call and its own pending requests.
import { goodOffer, header, reply } from '../../../support/fake-edge.ts'
import type { PhoneOnEdge } from '../../../support/phone-on-edge.ts'
import { fill } from '../torture/fill.ts'
import { semantics } from '../torture/rfc4475-semantics.ts'
import { invalidSyntax, validSyntax } from '../torture/rfc4475-syntax.ts'
import { ipv6 } from '../torture/rfc5118.ts'

/** An offer as RTPEngine writes it, longer and with more to break. */
const longOffer = goodOffer
  .replace('m=audio 20000 UDP/TLS/RTP/SAVPF 0 101', 'm=audio 20000 UDP/TLS/RTP/SAVPF 96 0 8 101 13')
  .replace(
    'a=rtpmap:0 PCMU/8000',
    [
      'a=rtpmap:96 opus/48000/2',
      'a=fmtp:96 minptime=10;useinbandfec=1',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:8 PCMA/8000',
      'a=ssrc:1 cname:x',
      'a=ptime:20',
      'a=candidate:2 2 udp 2130706430 127.0.0.1 20001 typ host',
    ].join('\r\n'),
  )

const torture = [validSyntax, invalidSyntax, semantics, ipv6].flat()
const answered = ['REGISTER', 'OPTIONS', 'INVITE', 'INFO']
const answersOf: ((request: string) => string)[] = [
  (request) =>
    reply(request, '200 OK', [`Contact: ${header(request, 'Contact')}`, 'Expires: 300'], goodOffer),
  (request) => reply(request, '183 Session Progress', ['RSeq: 1', 'Require: 100rel'], longOffer),
  (request) =>
    reply(request, '401 Unauthorized', [
      'WWW-Authenticate: Digest realm="d", nonce="n", qop="auth,auth-int", algorithm=SHA-256, stale=true',
    ]),
  (request) =>
    reply(request, '500 Server Internal Error', ['Retry-After: 5', 'Reason: Q.850;cause=41;text="x"']),
]

/** Each is made when it is picked. `n` makes new calls and transactions of what would otherwise repeat. */
export function corpus(t: PhoneOnEdge, call: { callId: string; toTag: string }, n: number): (() => string)[] {
  const requestUri = t.contactUri()
  const inDialog =
    (method: string, headers: string[] = [], body = '') =>
    () =>
      [
        `${method} ${requestUri} SIP/2.0`,
        `Via: SIP/2.0/WSS edge.invalid;branch=z9hG4bKin${n};rport`,
        'Max-Forwards: 70',
        'From: "Ada" <sip:+15550100@caller.example>;tag=ada',
        `To: <sip:2000@ours.example>;tag=${call.toTag}`,
        `Call-ID: ${call.callId}`,
        `CSeq: ${1000 + n} ${method}`,
        'Contact: <sip:edge@edge.invalid;transport=ws>',
        'Record-Route: <sip:127.0.0.1;transport=ws;r2=on;lr;ftag=ada>',
        'Supported: timer, replaces, 100rel',
        'Session-Expires: 1800;refresher=uac',
        ...headers,
        ...(body ? ['Content-Type: application/sdp'] : []),
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n')
  const outside = t.caller({ callId: `fuzz-${n}` })
  const answers = answered.flatMap((method) =>
    answersOf.map((answer) => () => answer(t.edge.last(`${method} `) ?? t.edge.last('REGISTER ') ?? '')),
  )
  return [
    () => outside.invite(['Session-Expires: 90', 'Supported: timer', 'Alert-Info: <http://x/y>']),
    () => t.caller({ callId: `long-${n}`, offer: longOffer }).invite(),
    inDialog('BYE', ['Reason: Q.850;cause=16;text="Normal call clearing"']),
    inDialog('INVITE', [], longOffer),
    inDialog('ACK'),
    inDialog('INFO', ['Content-Type: application/dtmf-relay']),
    inDialog('REFER', ['Refer-To: <sip:3000@x.example?Replaces=a%3Bto-tag%3Db>', 'Referred-By: <sip:y@z>']),
    inDialog('NOTIFY', [
      'Event: refer;id=2',
      'Subscription-State: active;expires=60',
      'Content-Type: message/sipfrag',
    ]),
    inDialog('UPDATE', [], goodOffer),
    inDialog('PRACK', ['RAck: 1 1 INVITE']),
    inDialog('MESSAGE', ['Content-Type: text/plain']),
    inDialog('OPTIONS'),
    () => outside.cancel(['Reason: SIP;cause=200;text="Call completed elsewhere"']),
    ...answers,
    ...torture.map((message) => () => fill(t, message)),
  ]
}
