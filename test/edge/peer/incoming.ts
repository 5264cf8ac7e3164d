// A call that comes in: ring, early media, answer, refuse, or nothing at all. The test's handler decides.
import { parseAddress, parseUri, token } from './address.ts'
import type { Agent } from './agent.ts'
import { type CallInside, createCall, type PeerCall } from './call.ts'
import { toCalledDialog } from './dialog.ts'
import { openMedia } from './media.ts'
import { type Header, hasOption, header, need, type SipRequest, type SipResponse } from './message.ts'
import type { Codec, OwnDescription } from './sdp.ts'
import { type SessionTimer, timerHeaders } from './session-timer.ts'
import { type ServerTransaction, toResponse } from './transactions.ts'

export interface AnswerOptions {
  codecs?: readonly Codec[]
  headers?: readonly Header[]
  body?: string
  sessionTimer?: SessionTimer
  changes?: Partial<OwnDescription>
}

export interface Invitation {
  readonly request: SipRequest
  readonly call: PeerCall
  readonly from: { user: string; displayName: string }
  /** The user part of the Request-URI. */
  readonly called: string
  /** The call of ours that this one asks to take over (RFC 3891). */
  readonly replaces: PeerCall | undefined
  respond(status: number, headers?: readonly Header[], body?: string): void
  /** 180. */
  ring(headers?: readonly Header[]): void
  /** 183 with our answer in it: from now on the caller can hear us. */
  early(): void
  /** 200; resolves when the ACK is here. A call that it replaces is ended. */
  answer(options?: AnswerOptions): Promise<PeerCall>
  /** Busy by default. A 302 takes its Contact from `headers`. */
  refuse(status?: number, headers?: readonly Header[]): void
  /** The caller gave up before an answer. */
  canceled(ms?: number): Promise<void>
}

export interface InvitationInside extends Invitation {
  readonly call: CallInside
  readonly transaction: ServerTransaction
  cancel(request: SipRequest): void
}

export async function receiveInvite(
  agent: Agent,
  transaction: ServerTransaction,
  find: (replaces: string) => CallInside | undefined,
): Promise<InvitationInside> {
  const { request } = transaction
  const toTag = token()
  transaction.respond(toResponse(request, 100))
  const media = await openMedia(agent.host, agent.codecs)
  const call = createCall(agent, 'incoming', toCalledDialog(request, toTag), media)
  const replaces = header(request, 'Replaces')
  const replaced = replaces === undefined ? undefined : find(replaces)
  const late = request.body === ''
  let described: string | undefined

  const respond = (status: number, headers: readonly Header[] = [], body = '') => {
    const contact: Header[] =
      status === 302 || headers.some(([name]) => name === 'Contact')
        ? []
        : [['Contact', `<${agent.contact}>`]]
    const response: SipResponse = toResponse(request, status, {
      toTag,
      headers: [...contact, ...headers],
      body,
    })
    transaction.respond(response)
    if (status > 100 && status < 200) call.progress(response)
    if (status >= 300) call.end({ by: 'us', how: 'refused', status, message: response })
  }

  const describe = (options: AnswerOptions) => {
    const changes = { ...options.changes, ...(options.codecs && { codecs: options.codecs }) }
    if (options.body !== undefined) return options.body
    if (late) return media.offer(changes)
    // What a 183 said stands; another answer to one offer would be a second one (RFC 3261 section 13.2.1).
    described ??= media.answer(request.body, changes)
    return described
  }

  const { displayName, uri } = parseAddress(need(request, 'From'))
  call.leave = () => respond(480)
  return {
    request,
    transaction,
    call,
    from: { user: parseUri(uri).user, displayName },
    called: parseUri(request.uri).user,
    replaces: replaced,
    respond,
    ring: (headers) => respond(180, headers),
    early() {
      const answer = describe({})
      if (answer === undefined) return respond(488)
      respond(183, [], answer)
    },
    async answer(options = {}) {
      const body = describe(options)
      if (body === undefined) {
        respond(488)
        throw new Error('nothing in the offer that the peer could agree on')
      }
      const timer = options.sessionTimer
      const asked = header(request, 'Session-Expires')
      const timing: Header[] = timer
        ? [...timerHeaders(timer.seconds, timer.refresher ?? 'uac'), ['Require', 'timer']]
        : asked !== undefined && hasOption(request, 'Supported', 'timer')
          ? [
              ...timerHeaders(Number.parseInt(asked, 10), /refresher=uas/.test(asked) ? 'uas' : 'uac'),
              ['Require', 'timer'],
            ]
          : []
      const headers = [...timing, ...(options.headers ?? [])]
      transaction.onAck = (ack) => {
        if (late && ack.body !== '') media.accept(ack.body)
        call.begin(ack)
        if (replaced) replaced.bye().catch(() => {})
      }
      respond(200, headers, body)
      call.keepTime(toResponse(request, 200, { headers: timing }), 'uas')
      await call.answered()
      return call
    },
    refuse: (status = 486, headers) => respond(status, headers),
    async canceled(ms) {
      const { how } = await call.ended(ms)
      if (how !== 'cancel') throw new Error(`the call ended by ${how}, not by CANCEL`)
    },
    cancel(cancel) {
      if (call.status === 'answered' || call.status === 'ended') return
      transaction.respond(toResponse(request, 487, { toTag }))
      call.end({ by: 'them', how: 'cancel', status: 487, message: cancel })
    },
  }
}
