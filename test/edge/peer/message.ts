// SIP messages as text and as values (RFC 3261 section 7), for the tests' own user agent. No SIP library on purpose:
// a misreading that both ends share would hide.

export type Header = readonly [name: string, value: string]

export interface SipRequest {
  readonly kind: 'request'
  readonly method: string
  readonly uri: string
  readonly headers: readonly Header[]
  readonly body: string
}

export interface SipResponse {
  readonly kind: 'response'
  readonly status: number
  readonly reason: string
  readonly headers: readonly Header[]
  readonly body: string
}

export type SipMessage = SipRequest | SipResponse

/** RFC 3261 section 7.3.3 and its successors: one letter stands for a name. */
const compact: Record<string, string> = {
  b: 'Referred-By',
  c: 'Content-Type',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
}

/** Nothing when the text is no SIP message: keep-alives and noise. */
export function parseMessage(text: string): SipMessage | undefined {
  const split = /\r?\n\r?\n/.exec(text)
  const head = split ? text.slice(0, split.index) : text
  const body = split ? text.slice(split.index + split[0].length) : ''
  // RFC 3261 section 7.3.1: a line that begins with white space goes on where the last one ended.
  const [first = '', ...lines] = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const headers: Header[] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon < 1) return undefined
    const name = line.slice(0, colon).trim()
    headers.push([compact[name.toLowerCase()] ?? name, line.slice(colon + 1).trim()])
  }
  const status = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(first)
  if (status) {
    return { kind: 'response', status: Number(status[1]), reason: status[2] ?? '', headers, body }
  }
  const request = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(first)
  if (!request) return undefined
  return { kind: 'request', method: request[1] ?? '', uri: request[2] ?? '', headers, body }
}

/** The text on the wire; the length of the body is counted here and nowhere else. */
export function buildMessage(message: SipMessage): string {
  const first =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`
  const headers = message.headers.filter(([name]) => name.toLowerCase() !== 'content-length')
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  const length = `Content-Length: ${Buffer.byteLength(message.body)}`
  return [first, ...lines, length, '', message.body].join('\r\n')
}

/** The first header of this name. */
export function header(message: SipMessage, name: string): string | undefined {
  return message.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1]
}

/** A header that every valid message has. */
export function need(message: SipMessage, name: string): string {
  const value = header(message, name)
  if (value === undefined) throw new Error(`a SIP message without ${name}`)
  return value
}

/** All values of a header that may be a list; commas inside quotes and angle brackets do not separate. */
export function list(message: SipMessage, name: string): string[] {
  return message.headers
    .filter(([each]) => each.toLowerCase() === name.toLowerCase())
    .flatMap(([, value]) => value.match(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,"<])+/g) ?? [])
    .map((value) => value.trim())
    .filter((value) => value !== '')
}

export function cseq(message: SipMessage): { number: number; method: string } {
  const [number, method = ''] = need(message, 'CSeq').split(/\s+/)
  return { number: Number(number), method }
}

/** The branch of the topmost Via: what names a transaction. */
export function branchOf(message: SipMessage): string {
  return /;\s*branch=([^;,\s]+)/i.exec(list(message, 'Via')[0] ?? '')?.[1] ?? ''
}

export function hasOption(
  message: SipMessage,
  name: 'Supported' | 'Require' | 'Allow',
  option: string,
): boolean {
  return list(message, name).some((each) => each.toLowerCase() === option.toLowerCase())
}
