// A dialog (RFC 3261 section 12): who talks to whom under which tags, over which route, with which numbers.
import { parseAddress, tagOf } from './address.ts'
import { type Agent, placeOf } from './agent.ts'
import { cseq, type Header, header, list, need, type SipRequest, type SipResponse } from './message.ts'
import type { Place } from './wire.ts'

export interface Dialog {
  readonly callId: string
  /** From and To as we write them. */
  readonly local: string
  remote: string
  readonly localTag: string
  remoteTag: string | undefined
  remoteTarget: string
  routes: readonly string[]
  localSeq: number
  remoteSeq: number
}

/** The caller's side, once an answer with a tag has come (section 12.1.2). */
export function confirmAsCaller(dialog: Dialog, response: SipResponse): void {
  dialog.remote = need(response, 'To')
  dialog.remoteTag = tagOf(dialog.remote)
  dialog.routes = list(response, 'Record-Route').reverse()
  refreshTarget(dialog, response)
}

/** The called side (section 12.1.1). */
export function toCalledDialog(request: SipRequest, localTag: string): Dialog {
  const remote = need(request, 'From')
  return {
    callId: need(request, 'Call-ID'),
    local: `${need(request, 'To')};tag=${localTag}`,
    remote,
    localTag,
    remoteTag: tagOf(remote),
    remoteTarget: parseAddress(need(request, 'Contact')).uri,
    routes: list(request, 'Record-Route'),
    localSeq: 0,
    remoteSeq: cseq(request).number,
  }
}

/** Requests and answers of INVITE and UPDATE may move the other side (section 12.2.1.2). */
export function refreshTarget(dialog: Dialog, message: SipRequest | SipResponse): void {
  const contact = header(message, 'Contact')
  if (contact !== undefined) dialog.remoteTarget = parseAddress(contact).uri
}

export interface RequestParts {
  headers?: readonly Header[]
  body?: string
  /** An ACK has the number of its INVITE. */
  number?: number
}

export function toRequest(
  agent: Agent,
  dialog: Dialog,
  method: string,
  parts: RequestParts = {},
): SipRequest {
  const number = parts.number ?? ++dialog.localSeq
  const headers: Header[] = [
    ['Max-Forwards', '70'],
    ...dialog.routes.map((route): Header => ['Route', route]),
    ['From', dialog.local],
    ['To', dialog.remote],
    ['Call-ID', dialog.callId],
    ['CSeq', `${number} ${method}`],
    ['Contact', `<${agent.contact}>`],
    ...(parts.headers ?? []),
  ]
  return { kind: 'request', method, uri: dialog.remoteTarget, headers, body: parts.body ?? '' }
}

/** The first hop: the first of the routes, else the other side itself. All routers here are loose. */
export function destination(agent: Agent, dialog: Dialog): Place {
  const first = dialog.routes[0]
  return placeOf(first === undefined ? dialog.remoteTarget : parseAddress(first).uri, agent.proxy)
}
