// What SIP.js would let through and a phone must not: requests that contradict themselves or that we cannot serve. Pure text.
import { randomToken } from './identity.ts'

export interface Refusal {
  why: string
  /** The answer to send; none to an ACK, or where the request does not tell whom to answer. */
  answer: string | undefined
}

interface Header {
  name: string
  value: string
}

/** RFC 3261 section 7.3.3, and the headers that may stand only once (section 20). */
const longNames: Record<string, string> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  l: 'content-length',
  c: 'content-type',
  e: 'content-encoding',
}
const onlyOnce = ['call-id', 'cseq', 'from', 'to', 'max-forwards', 'content-length', 'content-type']

/** What may be asked of us (RFC 3261 section 20.5). No MESSAGE: nobody would see it, and its sender should know. */
export const allow = 'Allow: ACK,BYE,CANCEL,INFO,INVITE,NOTIFY,OPTIONS,PRACK,REFER'

/** SIP.js names methods that it refuses, in three lists of its own, on each message that tells what may be asked. */
export function correctAllow(message: string): string {
  const end = message.indexOf('\r\n\r\n')
  const at = message.search(/^Allow:/m)
  if (at < 0 || at > end) return message
  return `${message.slice(0, at)}${allow}${message.slice(message.indexOf('\r\n', at))}`
}

/** RFC 3261 section 8.1.1.5 */
const largestCSeq = 2 ** 31 - 1

/** A header with its continuations; the grammar of SIP.js takes a second for 60,000 characters of some. */
const lineLimit = 8192

/** Why a message is not read at all, be it a request or an answer. */
export function whyUnread(message: string): string | undefined {
  const giant = unfold(message).find((line) => line.length > lineLimit)
  return giant === undefined ? undefined : `a header of ${giant.length} characters`
}

/** First line and headers. RFC 3261 section 7.3.1: a line that begins with white space continues the one before. */
function unfold(message: string): string[] {
  const end = message.indexOf('\r\n\r\n')
  return (end < 0 ? message : message.slice(0, end)).split(/\r\n(?![ \t])/)
}

/** Undefined: nothing against it so far. Answers and what is no SIP are not looked at. */
export function inspectRequest(message: string): Refusal | undefined {
  const [first = '', ...rest] = unfold(message)
  const [, method = '', uri = '', version = ''] = /^(\S+) (\S+) SIP\/(\S+)$/i.exec(first) ?? []
  if (!method || /^SIP\//i.test(method)) return undefined
  const headers = rest.flatMap(toHeader)
  const hasBody = /\r\n\r\n[\s\S]/.test(message)
  const found = whyNot(method, uri, version, headers, hasBody)
  if (!found) return undefined
  return {
    why: `${found.status}: ${found.why}`,
    answer: method === 'ACK' ? undefined : toAnswer(found, headers),
  }
}

interface Finding {
  status: string
  why: string
  extra?: string[]
}

function whyNot(
  method: string,
  uri: string,
  version: string,
  headers: Header[],
  hasBody: boolean,
): Finding | undefined {
  const all = (name: string) => headers.filter((each) => each.name === name).map((each) => each.value)
  const bad = (why: string): Finding => ({ status: '400 Bad Request', why })
  // RFC 3261 section 21.5.7
  if (version !== '2.0') return { status: '505 Version Not Supported', why: `SIP/${version}`.slice(0, 40) }
  // Two values are two meanings: the edge may have believed the other one.
  const twice = onlyOnce.find((name) => all(name).length > 1)
  if (twice) return bad(`${twice} stands twice`)
  const [, number = '', named = ''] = /^(\d+)\s+(\S+)$/.exec(all('cseq')[0] ?? '') ?? []
  // RFC 3261 section 8.1.1.5; what has no readable CSeq at all is dropped by SIP.js.
  if (named && named !== method) return bad(`CSeq is of ${named}`.slice(0, 80))
  if (number && Number(number) > largestCSeq) return bad('CSeq is too large')
  // RFC 3261 section 8.2.2.1
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase() ?? 'sip'
  if (scheme !== 'sip') return { status: '416 Unsupported URI Scheme', why: `scheme ${scheme}`.slice(0, 80) }
  // RFC 3261 section 8.2.1, in a call or not: a 200 would say that somebody reads it (RFC 3428 section 7).
  if (method === 'MESSAGE') return { status: '405 Method Not Allowed', why: 'a MESSAGE', extra: [allow] }
  if (method !== 'INVITE' || !hasBody) return undefined
  return whyNotBody(all)
}

/** RFC 3261 section 8.2.3: a body that must be understood and is not would be taken for no offer. */
function whyNotBody(all: (name: string) => string[]): Finding | undefined {
  if (/handling\s*=\s*"?optional/i.test(all('content-disposition')[0] ?? '')) return undefined
  const type = all('content-type')[0]?.split(';')[0]?.trim().toLowerCase() ?? ''
  const encoding = all('content-encoding')[0]?.toLowerCase() ?? 'identity'
  if (type === 'application/sdp' && encoding === 'identity') return undefined
  return {
    status: '415 Unsupported Media Type',
    why: `a body of ${type || 'no type'}, ${encoding}`.slice(0, 120),
    extra: ['Accept: application/sdp', 'Accept-Encoding: identity'],
  }
}

function toHeader(line: string): Header[] {
  const [, name = '', value = ''] = /^([^\s:]+)\s*:([\s\S]*)$/.exec(line) ?? []
  const long = name.toLowerCase()
  if (!name) return []
  return [{ name: longNames[long] ?? long, value: value.replace(/\r\n[ \t]+/g, ' ').trim() }]
}

/** RFC 3261 section 8.2.6.2: the first of each comes back, whichever was meant. */
function toAnswer(finding: Finding, headers: Header[]): string | undefined {
  const all = (name: string) => headers.filter((each) => each.name === name).map((each) => each.value)
  const [from] = all('from')
  const [to] = all('to')
  const [callId] = all('call-id')
  const [cseq] = all('cseq')
  if (all('via').length === 0 || !from || !to || !callId || !cseq) return undefined
  const tagged = /;\s*tag\s*=/i.test(to) ? to : `${to};tag=${randomToken(16)}`
  return [
    `SIP/2.0 ${finding.status}`,
    ...all('via').map((value) => `Via: ${value}`),
    `From: ${from}`,
    `To: ${tagged}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq}`,
    ...(finding.extra ?? []),
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')
}
