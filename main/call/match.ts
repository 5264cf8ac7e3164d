// Which call on the platform is this SIP session? Pure: every key of contract G.2 in its order, and why not.
import type { Call, Groupcall, LinkKey } from '../../common/model/call.ts'
import { phrase } from '../../common/words/say.ts'
import { type Invite, isContact, isFrom, isOtherCaller, mayBeOurs, sameTarget } from './compare.ts'

/** One `POST /calls` of ours: the ids of all its legs, also those of its groupcalls. */
export interface OwnRequest {
  placedAt: number
  callIds: readonly string[]
  /** `source.target` of the request: what the From of its INVITE says (contract F.3). */
  from: string
}

export interface Known {
  calls: readonly Call[]
  groups: readonly Groupcall[]
  requests: readonly OwnRequest[]
  /** Calls that are already the match of another session. */
  taken: ReadonlySet<string>
  /** The extension of this phone: the source of what it dials. */
  extension?: { id: string; name: string } | undefined
  /** Server clock minus ours. */
  serverAheadMs: number
  /** Epoch ms of this machine. */
  now: number
}

export type Verdict =
  | { status: 'linked'; callId: string; by: LinkKey }
  | { status: 'none'; why: 'nothing' | 'several' }

/** Clocks and delivery may differ this much (key 6). */
const windowMs = 15_000
/** Both times are of this machine: an INVITE that came before its request was sent is somebody else's. */
const earlyMs = 2_000
/** The platform rings for 60 s (contract F.6): an older request cannot be the reason of this INVITE. */
const requestMs = 65_000
/** Our 200 OK and the call's `progressing` belong together within this (key 4). */
const answerMs = 5_000
const patienceMs = 2_000

export function matchInvite(invite: Invite, known: Known): Verdict {
  const free = known.calls.filter((call) => !known.taken.has(call.id))
  if (invite.direction === 'outgoing') return verdict(dialled(invite, free, known), 'callerAndTime')

  // Key 1: the destination is our own contact, which no other device has.
  const ours = free.filter(
    (call) => isContact(call.destination, invite.contact) && isAtContact(call, invite, known),
  )
  if (ours.length > 0) return verdict([nearest(ours, invite, known)], 'contact')

  // Key 3: of a groupcall that we know, the leg that answered, if we are who is talking.
  const answered = answeredLeg(invite, known)
  if (answered) return { status: 'linked', callId: answered, by: 'answered' }

  // Key 2: the only leg of our own request. Several legs are several devices: that needs key 1 or 3.
  const own = soleLegs(invite, known)
  if (own.length > 0) return verdict(own, 'callIds')

  // Keys 5 and 6: the caller and the time. A moment later a second call that fits may have shown up.
  if (known.now - invite.startedAt < patienceMs) return { status: 'none', why: 'nothing' }
  const fits = (call: Call) =>
    isFrom(call, invite) && mayBeOurs(call, invite) && isOfThatTime(call, invite, known)
  return verdict(free.filter(fits).map(idOf), 'callerAndTime')
}

/** What the answer to the INVITE tells about a match (steps 5 of G.2, keys 3 and 4). */
export function confirmLink(
  invite: Invite,
  link: { callId: string; by: LinkKey },
  known: Known,
): { verdict: 'keep' } | { verdict: 'adopt'; callId: string } | { verdict: 'drop'; reason: string } {
  if (!invite.established) return { verdict: 'keep' }
  const winner = groupOf(link.callId, known)?.answerCallId
  if (winner && winner !== link.callId) {
    if (known.taken.has(winner))
      return { verdict: 'drop', reason: phrase('another device answered this call').text }
    return { verdict: 'adopt', callId: winner }
  }
  if (winner) return { verdict: 'keep' }
  const call = known.calls.find((candidate) => candidate.id === link.callId)
  if (call?.status === 'hangup' && call.progressingAt === undefined) {
    return { verdict: 'drop', reason: phrase('it ended without an answer while we talk').text }
  }
  // The weak key must be borne out by the call's own answer.
  if (link.by === 'callerAndTime' && invite.answeredAt !== undefined && call?.progressingAt !== undefined) {
    const apart = Math.abs(call.progressingAt - known.serverAheadMs - invite.answeredAt)
    if (apart > answerMs)
      return { verdict: 'drop', reason: phrase('the call was answered at another time').text }
  }
  return { verdict: 'keep' }
}

function verdict(ids: readonly string[], by: LinkKey): Verdict {
  const [callId] = ids
  if (callId === undefined) return { status: 'none', why: 'nothing' }
  return ids.length === 1 ? { status: 'linked', callId, by } : { status: 'none', why: 'several' }
}

const idOf = (call: Call) => call.id

/** Key 3, or where groupcalls are not shown key 4: the leg that was answered when we answered. */
function answeredLeg(invite: Invite, known: Known): string | undefined {
  if (!invite.established) return undefined
  const legs = new Set(recentRequests(invite, known).flatMap(({ callIds }) => callIds))
  const groups = known.groups.filter((group) => group.callIds.some((id) => legs.has(id)))
  const winners = groups.flatMap((group) => group.answerCallId ?? [])
  const answered =
    winners.length > 0
      ? winners
      : known.calls.filter((call) => legs.has(call.id) && wasAnsweredThen(call, invite, known)).map(idOf)
  const distinct = [...new Set(answered)].filter((id) => !known.taken.has(id))
  return distinct.length === 1 ? distinct[0] : undefined
}

function wasAnsweredThen(call: Call, invite: Invite, known: Known): boolean {
  if (invite.answeredAt === undefined || call.progressingAt === undefined) return false
  if (!mayBeOurs(call, invite) || isOtherCaller(call, invite)) return false
  return Math.abs(call.progressingAt - known.serverAheadMs - invite.answeredAt) <= answerMs
}

/**
 * Whether this INVITE can only be a leg of that request, even if not which one: its legs fit, and no call of
 * anybody else does. Older releases do not show which contact a leg rings.
 */
export function isOfRequest(invite: Invite, request: OwnRequest, known: Known): boolean {
  const legs = request.callIds
  if (!recentRequests(invite, { ...known, requests: [request] }).length || legs.length === 0) return false
  const calls = known.calls.filter((call) => mayBeOurs(call, invite) && isOfThatTime(call, invite, known))
  const others = calls.filter((call) => !legs.includes(call.id) && isFrom(call, invite))
  const fits = calls.some((call) => legs.includes(call.id) && !isOtherCaller(call, invite))
  return fits && others.length === 0
}

function soleLegs(invite: Invite, known: Known): string[] {
  const legs = recentRequests(invite, known).flatMap(({ callIds, from }) =>
    callIds.length === 1 ? callIds.map((id) => ({ id, from })) : [],
  )
  const own = legs.filter(({ id, from }) => {
    if (known.taken.has(id)) return false
    const call = known.calls.find((candidate) => candidate.id === id)
    // A leg not yet visible over REST is still ours (contract C.4), if its caller is; one that rings another contact is not.
    if (!call) return sameTarget(from, invite.remote.user)
    return mayBeOurs(call, invite) && isOfThatTime(call, invite, known) && !isOtherCaller(call, invite)
  })
  return [...new Set(own.map(({ id }) => id))]
}

/** The INVITE may precede the answer to `POST /calls`, never the request. */
function recentRequests(invite: Invite, known: Known): OwnRequest[] {
  return known.requests.filter((request) => {
    const age = invite.startedAt - request.placedAt
    return age > -earlyMs && age < requestMs
  })
}

/** Key 7: a call that this phone dialled appears as an incoming call from its extension to what was dialled. */
function dialled(invite: Invite, free: readonly Call[], known: Known): string[] {
  // Contract F.5: a kind before the user part says what it names; the call shows it as its type.
  const target = invite.remote.user.replace(/^(?:agent|conference|extension|tel):/i, '')
  const isToTarget = ({ target: id, targetName }: Call['destination']) =>
    [id, targetName].some((name) => name !== '' && sameTarget(name, target))
  const fits = (call: Call) =>
    call.direction === 'incoming' &&
    isFromExtension(call.source, known.extension) &&
    isOfThatTime(call, invite, known) &&
    isToTarget(call.destination)
  return free.filter(fits).map(idOf)
}

/** A colleague may dial the same number in the same moment. What the platform does not tell speaks for us. */
function isFromExtension(source: Call['source'], ours: Known['extension']): boolean {
  if (source.type !== 'extension') return false
  const told = [source.target, source.targetName].filter((name) => name !== '')
  return (
    !ours || told.length === 0 || told.includes(ours.id) || told.some((name) => sameTarget(name, ours.name))
  )
}

/**
 * Our contact stays the same over many calls, so the previous call has it too; and of two INVITEs at once the
 * other's call may be known first. The caller tells them apart; after 2 s whatever fits is taken.
 */
function isAtContact(call: Call, invite: Invite, known: Known): boolean {
  if (call.status === 'hangup' && !isOfThatTime(call, invite, known)) return false
  return !isOtherCaller(call, invite) || known.now - invite.startedAt >= patienceMs
}

function isOfThatTime(call: Call, invite: Invite, known: Known): boolean {
  const local = (at: number | undefined) => (at === undefined ? undefined : at - known.serverAheadMs)
  const endedAt = local(call.hangupAt)
  if (endedAt !== undefined && endedAt < invite.startedAt - 1000) return false
  if (call.status === 'hangup' && invite.established && endedAt === undefined) return false
  const began = local(call.ringingAt ?? call.createdAt)
  return began === undefined || Math.abs(began - invite.startedAt) <= windowMs
}

function nearest(calls: readonly Call[], invite: Invite, known: Known): string {
  const distance = (call: Call) =>
    Math.abs((call.ringingAt ?? call.createdAt ?? 0) - known.serverAheadMs - invite.startedAt)
  // Live before ended, then the closest in time.
  const sorted = [...calls].sort(
    (a, b) => Number(a.status === 'hangup') - Number(b.status === 'hangup') || distance(a) - distance(b),
  )
  return sorted[0]?.id ?? ''
}

export function groupOf(callId: string, known: Pick<Known, 'groups'>): Groupcall | undefined {
  return known.groups.find((group) => group.callIds.includes(callId))
}
