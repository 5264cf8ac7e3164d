// Where SIP.js 0.21.2 itself must behave differently. Nothing else may reach into it; docs/sip-hazards.md has the reasons,
// test/unit/phone/sipjs-patches.test.ts fails when the version changes, so that each is looked at again.
import { Core, type Invitation } from 'sip.js'
import type { Digest } from './digest.ts'
import { randomToken } from './identity.ts'
import { askForLonger } from './session-timer.ts'

/** The version whose source was read for these patches. */
export const patchedVersion = '0.21.2'

/** What is touched of a client of SIP.js; private there. */
interface Client {
  core: Core.UserAgentCore
  message: Core.OutgoingRequestMessage
  init(): void
}

interface ReInvite {
  delegate?: Core.OutgoingInviteRequestDelegate | undefined
}

interface PatchedReInvite {
  receiveResponse(this: ReInvite, response: Core.IncomingResponseMessage): void
}

interface Patched {
  authenticationGuard(this: Client, response: Core.IncomingResponseMessage, dialog?: Core.Dialog): boolean
}

const reInvites = Core.ReInviteUserAgentClient.prototype as unknown as PatchedReInvite
const receiveResponse = reInvites.receiveResponse
const digests = new WeakMap<Core.UserAgentCore, Digest>()

/** From now on the challenges to this core are answered by our digest and by no other. */
export function patchCore(core: Core.UserAgentCore, digest: Digest): void {
  patchSipJs()
  digests.set(core, digest)
  core.configuration.authenticationFactory = () => undefined
  const receive = core.receiveIncomingRequestFromTransport.bind(core)
  core.receiveIncomingRequestFromTransport = (request) => {
    // To SIP.js all requests without a branch are one and the same. RFC 3261 section 17.2.3 tells them apart by these.
    if (!request.viaBranch || request.viaBranch === magicCookie) {
      request.viaBranch = `${request.callId} ${request.fromTag} ${request.cseq}`
    }
    receive(request)
  }
}

const magicCookie = 'z9hG4bK'

/** Safe to repeat. Reaches every user agent of this page; there is one. */
export function patchSipJs(): void {
  const patched = Core.UserAgentClient.prototype as unknown as Patched
  patched.authenticationGuard = authenticationGuard
  const transactions = Core.ClientTransaction as unknown as {
    makeId(request: Core.OutgoingRequestMessage): string
  }
  transactions.makeId = makeBranch
  reInvites.receiveResponse = receiveReInviteResponse
  Math.random = cryptoRandom
}

/** SIP.js forgets a re-INVITE that is redirected and refuses every later one as still pending; a redirection is a refusal. */
function receiveReInviteResponse(this: ReInvite, response: Core.IncomingResponseMessage): void {
  const { delegate } = this
  const { onReject } = delegate ?? {}
  if (delegate && onReject && /^3\d\d$/.test(String(response.statusCode))) delegate.onRedirect = onReject
  receiveResponse.call(this, response)
}

/**
 * SIP.js answers any realm, on any method, with MD5 only, the last of several challenges, and a second one never.
 * Returns true when the answer is for the caller to handle, false when the request was sent again with credentials.
 */
function authenticationGuard(
  this: Client,
  response: Core.IncomingResponseMessage,
  dialog?: Core.Dialog,
): boolean {
  const { statusCode: status } = response
  const { message: request, core } = this
  // RFC 4028 section 7.3; SIP.js knows no session timers.
  if (status === 422 && askForLonger(request, response)) return sendAgain(this, dialog)
  if (status !== 401 && status !== 407) return true
  const values = response.getHeaders(status === 401 ? hidden('WWW') : hidden('Proxy'))
  const credentials = digests.get(core)?.answer(status, values, toChallenged(request))
  if (!credentials) return true
  request.setHeader(credentials.header, credentials.value)
  return sendAgain(this, dialog)
}

function sendAgain(client: Client, dialog: Core.Dialog | undefined): false {
  const { message: request, core } = client
  // RFC 3261 section 22.2: the same Call-ID, From and To, CSeq one higher. Within a dialog the number is the dialog's, or
  // its next request would repeat it (SIP.js does that for all but re-INVITE).
  const inside = dialog ?? core.dialogs.get(`${request.callId}${request.fromTag}${request.toTag ?? ''}`)
  inside?.incrementLocalSequenceNumber()
  request.cseq = inside?.localSequenceNumber ?? request.cseq + 1
  request.setHeader('cseq', `${request.cseq} ${request.method}`)
  // A new transaction in place of the challenged one.
  client.init()
  return false
}

/** The request as the digest sees it. */
export function toChallenged(request: Core.OutgoingRequestMessage) {
  const { body } = request
  return {
    identity: request,
    method: request.method,
    uri: request.ruri.toRaw(),
    inDialog: Boolean(request.toTag),
    body: typeof body === 'string' ? body : (body?.body ?? ''),
  }
}

const hidden = (kind: string) => `X-${kind}-Authenticate`

/**
 * SIP.js keeps the last of several challenges and drops the whole answer for one that its grammar cannot read. Under another
 * name it reads none of them and keeps them all, for the guard above.
 */
export function hideChallenges(message: string): string {
  if (!/^SIP\/2\.0 40[17]\b/i.test(message)) return message
  const end = message.indexOf('\r\n\r\n')
  const head = end < 0 ? message : message.slice(0, end)
  return (
    head.replace(/^(WWW|Proxy)-Authenticate(?=[ \t]*:)/gim, (_, kind: string) => hidden(kind)) +
    message.slice(head.length)
  )
}

/** RFC 3261 section 8.1.1.7: unique over space and time; SIP.js has ten million of them. */
function makeBranch(request: Core.OutgoingRequestMessage): string {
  // RFC 3261 section 9.1: a CANCEL has the branch of what it cancels.
  return request.method === 'CANCEL' && request.branch ? request.branch : `${magicCookie}${randomToken(20)}`
}

const pool = new Uint32Array(256)
let unused = 0

/** Call-IDs and tags of SIP.js come from Math.random, deep in modules that nothing else reaches (RFC 3261 section 19.3 wants crypto). */
function cryptoRandom(): number {
  if (unused === 0) {
    crypto.getRandomValues(pool)
    unused = pool.length
  }
  unused -= 1
  return (pool[unused] ?? 0) / 2 ** 32
}

/** RFC 3261 section 20.19: 0 to 2^32-1; a timer of the browser holds 2^31-1 ms, and a longer or unreadable one fires at once. */
const longestExpiresSeconds = 2_147_483

/** SIP.js would refuse an invitation at once whose `Expires` is too large or not a number; such a one has no end of its own. */
export function ignoreStrangeExpires(invitation: Invitation): void {
  const expires = invitation.request.getHeader('expires')
  if (expires === undefined || (/^\d+$/.test(expires) && Number(expires) <= longestExpiresSeconds)) return
  const timers = invitation as unknown as { expiresTimer: ReturnType<typeof setTimeout> | undefined }
  clearTimeout(timers.expiresTimer)
  timers.expiresTimer = undefined
}

/** The extensions that an invitation requires and we lack (RFC 3261 section 8.2.2.3); SIP.js does not look. */
export function lackedExtensions(invitation: Invitation, supported: readonly string[]): string[] {
  return invitation.request
    .getHeaders('require')
    .flatMap((value) => value.toLowerCase().split(/[\s,]+/))
    .filter((tag) => tag !== '' && !supported.includes(tag))
}

/** Their re-INVITE until we refuse it or they acknowledge our 200: as long, no other one may be asked in either direction. */
export function theirReinvite(dialog: Core.Session): Core.InviteServerTransaction | undefined {
  const { reinviteUserAgentServer: server } = dialog as unknown as {
    reinviteUserAgentServer?: { transaction: Core.InviteServerTransaction } | undefined
  }
  return server?.transaction
}

/**
 * An INVITE that got a 100 waits without a limit for its answer (RFC 3261 section 17.1.1.2), and its dialog asks nothing
 * else meanwhile. SIP.js is told what it takes for a lost connection: a 503.
 */
export function abandonReinvite(dialog: Core.Session): void {
  const { reinviteUserAgentClient: client } = dialog as unknown as {
    reinviteUserAgentClient?: { onTransportError(error: Error): void } | undefined
  }
  client?.onTransportError(new Error('the socket of this request is gone'))
}

/** SIP.js waits for ever for the ACK of its 200 to a re-INVITE. `lost` is told after 64*T1 (RFC 3261 sections 14.2, 13.3.1.4). */
export function watchReinviteAck(dialog: Core.Session, lost: () => void): void {
  const answered = dialog as unknown as { reConfirm(): void }
  const reConfirm = answered.reConfirm.bind(dialog)
  answered.reConfirm = () => {
    reConfirm()
    const theirs = theirReinvite(dialog)
    // The transaction of a 2xx lives for 64*T1 (RFC 6026 section 7.1).
    theirs?.addStateChangeListener(() => {
      const isOver = theirs.state === Core.TransactionState.Terminated
      if (isOver && theirReinvite(dialog) === theirs) lost()
    })
  }
}
