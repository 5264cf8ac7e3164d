// A phone of raw SIP text over WebSocket: shares no SIP code with the line, so that a common mistake shows.
import { createHash, randomBytes } from 'node:crypto'
import { WebSocket } from 'ws'

export interface SipText {
  /** The first line. */
  first: string
  /** 0 for a request. */
  status: number
  /** Empty for an answer. */
  method: string
  headers: Array<[name: string, value: string]>
  body: string
  header(name: string): string
  all(name: string): string[]
}

export function parseSip(text: string): SipText {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
  })
  const all = (name: string) =>
    headers.filter(([known]) => known === name.toLowerCase()).map(([, value]) => value)
  const isAnswer = first.startsWith('SIP/2.0 ')
  return {
    first,
    status: isAnswer ? Number(first.slice(8, 11)) : 0,
    method: isAnswer ? '' : (first.split(' ')[0] ?? ''),
    headers,
    body: rest.join('\r\n\r\n'),
    header: (name) => all(name)[0] ?? '',
    all,
  }
}

export interface RegisterOptions {
  password: string
  contacts?: string[]
  expires?: number
  domain?: string
}

export interface RawPhone {
  readonly contact: string
  readonly tag: string
  readonly socket: WebSocket
  send(text: string): void
  /** The next message for which `wanted` says yes, from those not yet taken. */
  next(wanted: (message: SipText) => boolean, what?: string): Promise<SipText>
  /** REGISTER, answering a challenge when one comes: the final answer. */
  register(options: RegisterOptions): Promise<SipText>
  /** One REGISTER with these headers beside the usual: its answer. */
  registerOnce(headers: string[], domain?: string): Promise<SipText>
  /** Credentials for a challenge. */
  authorise(challenge: string, password: string, nc?: number, domain?: string): string
  /** An answer to a request of the line. */
  answer(request: SipText, status: string, more?: { headers?: string[]; body?: string }): void
  /** A request inside the dialog that this INVITE of the line began. */
  inDialog(invite: SipText, method: string, cseq: number, more?: { headers?: string[]; body?: string }): void
  /** A request outside of any dialog to a user of the domain, with the phone's Contact. */
  request(method: string, user: string, body?: string): void
  close(): Promise<void>
}

export interface RawPhoneOptions {
  url: string
  domain: string
  extension: string
  /** `user@host` of the Contact; fresh by default. */
  at?: string
  /** Its tag in dialogs: give it that of another phone to be that phone after a reconnection. */
  tag?: string
}

export async function openRawPhone({
  url,
  domain,
  extension,
  at,
  ...options
}: RawPhoneOptions): Promise<RawPhone> {
  const place = at ?? `${randomBytes(4).toString('hex')}@${randomBytes(6).toString('hex')}.invalid`
  const contact = `sip:${place};transport=ws`
  const socket = new WebSocket(url, 'sip')
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('error', reject)
  })
  const waiting: SipText[] = []
  const takers = new Set<() => void>()
  socket.on('message', (data) => {
    waiting.push(parseSip(String(data)))
    for (const take of [...takers]) take()
  })
  const tag = options.tag ?? randomBytes(5).toString('hex')
  const callId = randomBytes(8).toString('hex')
  let cseq = 0

  const send = (text: string) => socket.send(text)
  const via = () => `Via: SIP/2.0/WS ${place.split('@')[1]};branch=z9hG4bK${randomBytes(6).toString('hex')}`
  const toText = (lines: string[], body = '') =>
    [...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n')

  const phone: RawPhone = {
    contact,
    tag,
    socket,
    send,
    next: (wanted, what = 'message') =>
      new Promise((resolve, reject) => {
        const take = () => {
          const place = waiting.findIndex(wanted)
          const found = waiting[place]
          if (!found) return
          waiting.splice(place, 1)
          done()
          resolve(found)
        }
        const timer = setTimeout(() => {
          done()
          reject(
            new Error(
              `no ${what} came; waiting: ${waiting.map(({ first }) => first).join(' | ') || 'nothing'}`,
            ),
          )
        }, 8_000)
        const done = () => {
          clearTimeout(timer)
          takers.delete(take)
        }
        takers.add(take)
        take()
      }),
    async registerOnce(headers, to = domain) {
      const number = ++cseq
      send(
        toText([
          `REGISTER sip:${to} SIP/2.0`,
          via(),
          `From: <sip:${extension}@${to}>;tag=${tag}`,
          `To: <sip:${extension}@${to}>`,
          `Call-ID: ${callId}`,
          `CSeq: ${number} REGISTER`,
          'Max-Forwards: 70',
          ...headers,
        ]),
      )
      return phone.next(
        (message) => message.status >= 200 && message.header('cseq') === `${number} REGISTER`,
        'answer to REGISTER',
      )
    },
    async register({ password, contacts = [`<${contact}>`], expires = 600, domain: to = domain }) {
      const headers = [...contacts.map((value) => `Contact: ${value}`), `Expires: ${expires}`]
      const first = await phone.registerOnce(headers, to)
      if (first.status !== 401 && first.status !== 407) return first
      const byProxy = first.status === 407
      const challenge = first.header(byProxy ? 'proxy-authenticate' : 'www-authenticate')
      const credentials = phone.authorise(challenge, password, 1, to)
      return phone.registerOnce([...headers, byProxy ? `Proxy-${credentials}` : credentials], to)
    },
    authorise(challenge, password, nc = 1, to = domain) {
      const part = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? ''
      const md5 = (text: string) => createHash('md5').update(text).digest('hex')
      const count = nc.toString(16).padStart(8, '0')
      const uri = `sip:${to}`
      const ha1 = md5(`${extension}:${part('realm')}:${password}`)
      const response = md5(`${ha1}:${part('nonce')}:${count}:abcdef:auth:${md5(`REGISTER:${uri}`)}`)
      return (
        `Authorization: Digest algorithm=MD5, username="${extension}", realm="${part('realm')}", ` +
        `nonce="${part('nonce')}", uri="${uri}", response="${response}", qop=auth, cnonce="abcdef", nc=${count}`
      )
    },
    answer(request, status, { headers = [], body } = {}) {
      const to = request.header('to')
      const content = body === undefined ? [] : ['Content-Type: application/sdp']
      send(
        toText(
          [
            `SIP/2.0 ${status}`,
            ...request.all('via').map((value) => `Via: ${value}`),
            `From: ${request.header('from')}`,
            `To: ${to.includes(';tag=') ? to : `${to};tag=${tag}`}`,
            `Call-ID: ${request.header('call-id')}`,
            `CSeq: ${request.header('cseq')}`,
            `Contact: <${contact}>`,
            ...content,
            ...headers,
          ],
          body,
        ),
      )
    },
    inDialog(invite, method, number, { headers = [], body } = {}) {
      const target = /<([^>]+)>/.exec(invite.header('contact'))?.[1] ?? ''
      send(
        toText(
          [
            `${method} ${target} SIP/2.0`,
            via(),
            `From: ${invite.header('to')};tag=${tag}`,
            `To: ${invite.header('from')}`,
            `Call-ID: ${invite.header('call-id')}`,
            `CSeq: ${number} ${method}`,
            'Max-Forwards: 70',
            `Contact: <${contact}>`,
            ...(body === undefined ? [] : ['Content-Type: application/sdp']),
            ...headers,
          ],
          body,
        ),
      )
    },
    request(method, user, body) {
      send(
        toText(
          [
            `${method} sip:${user}@${domain} SIP/2.0`,
            via(),
            `From: <sip:${extension}@${domain}>;tag=${tag}`,
            `To: <sip:${user}@${domain}>`,
            `Call-ID: ${randomBytes(8).toString('hex')}`,
            `CSeq: 1 ${method}`,
            'Max-Forwards: 70',
            `Contact: <${contact}>`,
            ...(body === undefined ? [] : ['Content-Type: application/sdp']),
          ],
          body,
        ),
      )
    },
    close: () =>
      new Promise((resolve) => {
        if (socket.readyState === socket.CLOSED) return resolve()
        socket.once('close', () => resolve())
        socket.terminate()
      }),
  }
  return phone
}
