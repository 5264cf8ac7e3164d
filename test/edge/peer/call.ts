// One call of a peer, whoever began it: its state as facts to wait for, what it can send inside its dialog, its audio.
import { type Agent, ask } from './agent.ts'
import { type Dialog, destination, toRequest } from './dialog.ts'
import { createFacts, type Facts, nowMs } from './facts.ts'
import type { Heard } from './heard.ts'
import type { Media } from './media.ts'
import type { Header, SipMessage, SipRequest, SipResponse } from './message.ts'
import { type Change, reinvite } from './reinvite.ts'
import { startSessionTimer } from './session-timer.ts'

/** How a call ended; `status` is the final answer to the INVITE where there was one. */
export interface CallEnd {
  at: number
  by: 'us' | 'them'
  how: 'bye' | 'cancel' | 'refused' | 'timeout' | 'vanished'
  status?: number
  message?: SipMessage
}

/**
 *   calling ──180, 183──→ ringing ──200──→ answered ──BYE──→ ended
 *      └──────────────────────┴── 3xx–6xx, CANCEL, no answer ──→ ended
 */
export type CallStatus = 'calling' | 'ringing' | 'answered' | 'ended'

export type CallFact =
  | { kind: 'provisional'; at: number; message: SipResponse }
  | { kind: 'answered'; at: number; message: SipMessage }
  | { kind: 'ended'; at: number; end: CallEnd }
  /** A request of the other side inside the call, and what we said to it (0: nothing). */
  | { kind: 'request'; at: number; message: SipRequest; status: number }

/** What we say to requests inside the call; a number is a status, `ignore` says nothing at all. */
export interface CallManners {
  reinvite: 'accept' | 'ignore' | number
  bye: 'accept' | 'ignore' | number
  info: number
  /** `follow`: the call is placed and its progress told, as a phone that is transferred does (RFC 3515). */
  refer: 'follow' | number
}

export interface PeerCall {
  readonly callId: string
  readonly way: 'outgoing' | 'incoming'
  readonly status: CallStatus
  readonly facts: Facts<CallFact>
  readonly dialog: Dialog
  readonly media: Media
  readonly heard: Heard
  readonly manners: CallManners
  /** 180 where no status is named. */
  provisional(status?: number, ms?: number): Promise<SipResponse>
  /** The 200 of an outgoing call, the ACK of an incoming one. Rejects when the call ends instead. */
  answered(ms?: number): Promise<SipMessage>
  ended(ms?: number): Promise<CallEnd>
  /** The n-th request of this method that the other side sent inside the call. */
  received(method: string, nth?: number, ms?: number): Promise<SipRequest>
  play(pcm: Int16Array, signal?: AbortSignal): Promise<void>
  /** A request in the dialog; its final answer, whatever it is. */
  request(method: string, parts?: { headers?: readonly Header[]; body?: string }): Promise<SipResponse>
  reinvite(change?: Change): Promise<SipResponse>
  info(body: string, contentType?: string): Promise<SipResponse>
  options(): Promise<SipResponse>
  notify(event: string, body: string, headers?: readonly Header[]): Promise<SipResponse>
  /** Asks the other side to call `uri`; with `replaces` to take over that call of ours (RFC 3891). */
  refer(uri: string, replaces?: PeerCall): Promise<SipResponse>
  bye(headers?: readonly Header[]): Promise<SipResponse>
  /** BYE, CANCEL or 480, whatever fits. */
  hangUp(): Promise<void>
  /** Gone without a word, as when the power fails. */
  vanish(): void
  /** The call that a followed REFER led to. */
  transferred(ms?: number): Promise<PeerCall>
}

export interface CallInside extends PeerCall {
  readonly agent: Agent
  readonly transfers: Facts<PeerCall>
  progress(message: SipResponse): void
  begin(message: SipMessage): void
  end(end: Omit<CallEnd, 'at'>): void
  record(message: SipRequest, status: number): void
  /** (Re)starts the session timer that an answer or a request of this call carries. */
  keepTime(message: SipMessage, weAre: 'uac' | 'uas'): void
  /** How to end it before it is answered. */
  leave: () => unknown
}

export function createCall(agent: Agent, way: PeerCall['way'], dialog: Dialog, media: Media): CallInside {
  const facts = createFacts<CallFact>(describe)
  const transfers = createFacts<PeerCall>(({ callId }) => callId)
  let status: CallStatus = 'calling'
  let stopTimer = () => {}

  const request: PeerCall['request'] = (method, parts = {}) =>
    ask(
      agent,
      (auth) => toRequest(agent, dialog, method, { ...parts, headers: [...(parts.headers ?? []), ...auth] }),
      destination(agent, dialog),
    )

  const call: CallInside = {
    agent,
    way,
    callId: dialog.callId,
    facts,
    transfers,
    dialog,
    media,
    heard: media.heard,
    manners: { reinvite: 'accept', bye: 'accept', info: 200, refer: 'follow' },
    leave: () => {},
    get status() {
      return status
    },
    async provisional(wanted = 180, ms) {
      const isWanted = (each: CallFact) => each.kind === 'provisional' && each.message.status === wanted
      const fact = await facts.wait(`a ${wanted}`, (each) => isWanted(each) || each.kind === 'ended', ms)
      if (fact.kind === 'provisional') return fact.message
      throw new Error(`the call ended before a ${wanted}: ${describe(fact)}`)
    },
    async answered(ms) {
      const fact = await facts.wait('the answer', ({ kind }) => kind === 'answered' || kind === 'ended', ms)
      if (fact.kind === 'answered') return fact.message
      throw new Error(`the call ended before it was answered: ${describe(fact)}`)
    },
    async ended(ms) {
      const fact = await facts.wait('the end of the call', ({ kind }) => kind === 'ended', ms)
      return fact.kind === 'ended' ? fact.end : never()
    },
    async received(method, nth = 1, ms) {
      const isWanted = (each: CallFact) => each.kind === 'request' && each.message.method === method
      const fact = await facts.wait(
        `${method} number ${nth}`,
        (each) => isWanted(each) && facts.all.filter(isWanted).indexOf(each) >= nth - 1,
        ms,
      )
      return fact.kind === 'request' ? fact.message : never()
    },
    play: media.play,
    request,
    reinvite: (change = {}) => reinvite(call, change),
    info: (body, type = 'application/dtmf-relay') =>
      request('INFO', { headers: [['Content-Type', type]], body }),
    options: () => request('OPTIONS'),
    notify: (event, body, headers = []) =>
      request('NOTIFY', {
        headers: [['Event', event], ['Subscription-State', 'active;expires=60'], ...headers],
        body,
      }),
    refer: (uri, replaces) => request('REFER', { headers: [['Refer-To', toReferTo(uri, replaces)]] }),
    async bye(headers = []) {
      call.end({ by: 'us', how: 'bye' })
      return request('BYE', { headers })
    },
    async hangUp() {
      if (status === 'answered') await call.bye()
      else if (status !== 'ended') await call.leave()
    },
    vanish: () => call.end({ by: 'us', how: 'vanished' }),
    transferred: (ms) => transfers.wait('a followed transfer', () => true, ms),
    progress(message) {
      if (status === 'calling' && message.status > 100) status = 'ringing'
      facts.tell({ kind: 'provisional', at: nowMs(), message })
    },
    begin(message) {
      if (status === 'answered' || status === 'ended') return
      status = 'answered'
      facts.tell({ kind: 'answered', at: nowMs(), message })
    },
    end(end) {
      if (status === 'ended') return
      status = 'ended'
      stopTimer()
      media.close()
      const at = nowMs()
      facts.tell({ kind: 'ended', at, end: { ...end, at } })
    },
    record: (message, answer) => facts.tell({ kind: 'request', at: nowMs(), message, status: answer }),
    keepTime(message, weAre) {
      stopTimer()
      stopTimer = startSessionTimer(call, message, weAre)
    },
  }
  return call
}

function toReferTo(uri: string, replaces: PeerCall | undefined): string {
  if (!replaces) return `<${uri}>`
  const { callId, remoteTag = '', localTag } = replaces.dialog
  // The tags are told from the point of view of whoever receives the new INVITE (RFC 3891 section 3).
  return `<${uri}?Replaces=${encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`)}>`
}

function describe(fact: CallFact): string {
  if (fact.kind === 'ended') return `ended by ${fact.end.by}: ${fact.end.how} ${fact.end.status ?? ''}`
  if (fact.kind === 'provisional') return String(fact.message.status)
  return fact.kind === 'request' ? `${fact.message.method} (${fact.status})` : fact.kind
}

function never(): never {
  throw new Error('a fact of another kind was found')
}
