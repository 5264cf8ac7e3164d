// Read this first. A SIP phone on UDP with plain RTP for tests: it calls, is called, and does what a test tells it,
// also what no decent phone would. `await openPeer(…)`, then `peer.call(…)` or `peer.nextInvitation()`.
import { tagOf, token } from './address.ts'
import type { Agent } from './agent.ts'
import type { CallInside, PeerCall } from './call.ts'
import { createFacts, type Facts } from './facts.ts'
import { receiveInDialog } from './in-dialog.ts'
import { type Invitation, type InvitationInside, receiveInvite } from './incoming.ts'
import { branchOf, type Header, need, type SipMessage, type SipResponse } from './message.ts'
import { type CallOptions, placeCall } from './outgoing.ts'
import { createOutside } from './outside.ts'
import type { Codec } from './sdp.ts'
import { createTransactions, type ServerTransaction, toResponse } from './transactions.ts'
import { openWire, type Place, type Wire } from './wire.ts'

export interface PeerOptions {
  host?: string
  /** Port 0, the default, takes a free one. */
  port?: number
  /** Where requests go that know no better way: the edge. */
  outboundProxy: Place
  user: string
  domain: string
  /** Answers challenges and registers with it. */
  password?: string
  /** In the order of preference; PCMU by default. */
  codecs?: readonly Codec[]
  /** RFC 3261's T1, 500 ms. */
  t1Ms?: number
}

export interface Peer {
  readonly place: Place
  /** `sip:user@domain`. */
  readonly uri: string
  readonly contact: string
  readonly wire: Wire
  readonly calls: Facts<PeerCall>
  readonly invitations: Facts<Invitation>
  /** Resolves when the INVITE is out. */
  call(uri: string, options?: CallOptions): Promise<PeerCall>
  /** Handles invitations as they come; without one they wait for `nextInvitation`. */
  onInvite(handler: (invitation: Invitation) => unknown): void
  /** The next invitation that nobody has taken yet. */
  nextInvitation(ms?: number): Promise<Invitation>
  /** The 200 of the registrar; rejects on any other final answer. */
  register(seconds?: number): Promise<SipResponse>
  unregister(): Promise<SipResponse>
  /** A request outside of any call; its final answer. */
  request(
    method: string,
    uri: string,
    parts?: { headers?: readonly Header[]; body?: string },
  ): Promise<SipResponse>
  /** Hangs up what is still up. */
  close(): Promise<void>
}

export async function openPeer(options: PeerOptions): Promise<Peer> {
  const { host = '127.0.0.1', user, domain } = options
  const calls = createFacts<CallInside>(({ callId }) => callId)
  const invitations = createFacts<InvitationInside>(({ request }) => request.uri)
  const taken = new Set<Invitation>()
  let handler: ((invitation: Invitation) => unknown) | undefined
  const wire = await openWire(
    host,
    (message: SipMessage, from) => transactions.receive(message, from),
    options.port,
  )
  const transactions = createTransactions(
    () => wire,
    (transaction) => receive(transaction),
    options.t1Ms ?? 500,
  )
  const agent: Agent = {
    wire,
    transactions,
    host,
    user,
    domain,
    contact: `sip:${user}@${host}:${wire.place.port}`,
    proxy: options.outboundProxy,
    credentials: options.password === undefined ? undefined : { user, password: options.password },
    codecs: options.codecs ?? ['PCMU'],
  }

  const receive = (transaction: ServerTransaction) => {
    const { request } = transaction
    const tag = tagOf(need(request, 'To'))
    if (tag !== undefined) {
      const call = calls.all.find(
        ({ dialog }) => dialog.callId === need(request, 'Call-ID') && dialog.localTag === tag,
      )
      if (call && call.status !== 'ended') return receiveInDialog(call, transaction, calls.tell)
      return transaction.respond(toResponse(request, 481))
    }
    if (request.method === 'INVITE') return void invite(transaction)
    if (request.method === 'CANCEL') return void cancel(transaction)
    transaction.respond(toResponse(request, request.method === 'OPTIONS' ? 200 : 405, { toTag: token() }))
  }

  const invite = async (transaction: ServerTransaction) => {
    const invitation = await receiveInvite(agent, transaction, (replaces) => toReplaced(replaces, calls.all))
    calls.tell(invitation.call)
    if (handler) taken.add(invitation)
    invitations.tell(invitation)
    await handler?.(invitation)
  }

  const cancel = async (transaction: ServerTransaction) => {
    // RFC 3261 section 9.2: a CANCEL has the branch of what it cancels, which may have come a moment ago.
    const branch = branchOf(transaction.request)
    const isMeant = ({ request }: Invitation) => branchOf(request) === branch
    const invitation = await invitations.wait('what is canceled', isMeant, 1_000).catch(() => undefined)
    transaction.respond(toResponse(transaction.request, invitation ? 200 : 481, { toTag: token() }))
    invitation?.cancel(transaction.request)
  }

  const outside = createOutside(agent)

  return {
    place: wire.place,
    uri: outside.uri,
    contact: agent.contact,
    wire,
    calls,
    invitations,
    async call(to, callOptions = {}) {
      const call = await placeCall(agent, to, callOptions)
      calls.tell(call)
      return call
    },
    onInvite(given) {
      handler = given
    },
    async nextInvitation(ms) {
      const invitation = await invitations.wait('an invitation', (each) => !taken.has(each), ms)
      taken.add(invitation)
      return invitation
    },
    register: (seconds = 300) => outside.register(seconds),
    unregister: () => outside.register(0),
    request: outside.request,
    async close() {
      const live = calls.all.filter(({ status }) => status !== 'ended')
      await Promise.all(live.map((call) => inTime(call.hangUp())))
      transactions.close()
      await wire.close()
    },
  }
}

/** The call that a Replaces header names, from our side of it (RFC 3891 section 3). */
function toReplaced(replaces: string, calls: readonly CallInside[]): CallInside | undefined {
  const [callId = '', ...params] = replaces.split(';')
  const value = (name: string) => params.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1)
  return calls.find(
    ({ dialog, status }) =>
      status !== 'ended' &&
      dialog.callId === callId &&
      dialog.localTag === value('to-tag') &&
      dialog.remoteTag === value('from-tag'),
  )
}

/** A goodbye is said, but an edge that is gone is not waited for. */
async function inTime(work: Promise<void>): Promise<void> {
  const said = work.catch(() => {})
  await Promise.race([said, new Promise((resolve) => setTimeout(resolve, 500).unref())])
}
