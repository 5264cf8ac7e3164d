// Drives the matching of SIP sessions with calls (contract G.2): at each news, again after 2, 4 and 8 s, and after the answer.
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Slice } from '../../common/kit/slice.ts'
import type { CallLink } from '../../common/model/call.ts'
import type { PhoneState, Session } from '../../common/model/phone.ts'
import { phrase } from '../../common/words/say.ts'
import type { Calls } from './calls.ts'
import type { Invite } from './compare.ts'
import { confirmLink, groupOf, isOfRequest, type Known, matchInvite } from './match.ts'

export interface LinksParts {
  calls: Calls
  slice: Slice<Record<string, CallLink>>
  phone: { getState(): PhoneState; subscribe(listener: (phone: PhoneState) => void): () => void }
  /** Why a match may be impossible here, in words: the role, events offline. */
  obstacle(): string | undefined
  /** The extension that the phone is registered with. */
  extension(): Known['extension']
  /** A plain agent sees no leg of its own: reading again is useless, an event about its groupcall is not (contract E.5). */
  isHopeless(): boolean
  log: Log
}

export interface Links {
  /** The session rings for this request of ours, even if it is not known which of its legs it is. */
  isOfRequest(sessionId: string, requestId: string): boolean
}

interface Watched {
  scope: Scope
  answered: boolean
  /** A match that the platform contradicted is not tried again. */
  dropped: Set<string>
}

const rereadsMs = [2_000, 4_000, 8_000]
const linkLimit = 40

/**
 *   linking → linked → linking (contradicted) → …
 *      └──→ unlinked → linked (late news)          rings and talks all the same
 */
export function openLinks(scope: Scope, parts: LinksParts): Links {
  const watched = new Map<string, Watched>()
  const linkOf = (sessionId: string) => parts.slice.get()[sessionId]

  const setLink = (session: Session, link: CallLink) => {
    const all = { ...parts.slice.get(), [session.id]: link }
    for (const old of Object.keys(all).slice(0, Math.max(0, Object.keys(all).length - linkLimit)))
      delete all[old]
    if (link.status === 'linked') {
      parts.calls.book.show(link.callId)
      parts.log.info(`session ${session.id} is call ${link.callId}, by ${link.by}`)
    }
    parts.slice.set(all)
  }

  const known = (session: Session, entry: Watched): Known => ({
    calls: parts.calls.book.all(),
    groups: parts.calls.book.groups(),
    requests: parts.calls.book.requests(),
    taken: new Set([...entry.dropped, ...takenBy(parts.slice.get(), session.id)]),
    extension: parts.extension(),
    serverAheadMs: parts.calls.serverAheadMs(),
    now: Date.now(),
  })

  const look = (session: Session, entry: Watched): 'linked' | 'nothing' | 'several' => {
    const invite = toInvite(session)
    const link = linkOf(session.id)
    if (link?.status === 'linked') {
      const answer = confirmLink(invite, link, known(session, entry))
      if (answer.verdict === 'keep') return 'linked'
      if (answer.verdict === 'adopt') {
        setLink(session, { status: 'linked', callId: answer.callId, by: 'answered' })
        return 'linked'
      }
      entry.dropped.add(link.callId)
      parts.log.warn(`session ${session.id} is not call ${link.callId}: ${answer.reason}`)
      setLink(session, { status: 'linking' })
    }
    const verdict = matchInvite(invite, known(session, entry))
    if (verdict.status === 'none') return verdict.why
    setLink(session, { status: 'linked', callId: verdict.callId, by: verdict.by })
    return 'linked'
  }

  const present = (sessionId: string) => parts.phone.getState().sessions.find(({ id }) => id === sessionId)

  const reread = async (sessionId: string, entry: Watched, isLast: boolean) => {
    const link = linkOf(sessionId)
    if (link?.status === 'linked') await readAnswer(link.callId)
    else if (!parts.isHopeless()) await Promise.allSettled([parts.calls.readNewest(), ...readOwnGroups()])
    const session = present(sessionId)
    if (entry.scope.ended || !session) return
    const found = look(session, entry)
    if (found !== 'linked' && isLast) {
      setLink(session, { status: 'unlinked', reason: reasonOf(found, parts.obstacle()) })
    }
  }
  const readOwnGroups = () => {
    const recent = parts.calls.book.requests().slice(-3)
    return recent.flatMap(({ groupIds }) => groupIds.map((id) => parts.calls.readGroup(id)))
  }
  /** Who answered, unless an event has told. */
  const readAnswer = async (callId: string) => {
    const group = groupOf(callId, { groups: parts.calls.book.groups() })
    if (group && !group.answerCallId) await parts.calls.readGroup(group.id).catch(() => {})
  }
  const planRereads = (sessionId: string, entry: Watched) => {
    rereadsMs.forEach((ms, at) => {
      entry.scope.after(ms, () => {
        const needed = linkOf(sessionId)?.status !== 'linked' || entry.answered
        if (needed) void reread(sessionId, entry, at === rereadsMs.length - 1)
      })
    })
  }

  const begin = (session: Session) => {
    const entry: Watched = { scope: scope.child(`link ${session.id}`), answered: false, dropped: new Set() }
    watched.set(session.id, entry)
    if (!linkOf(session.id)) setLink(session, { status: 'linking' })
    const found = look(session, entry)
    if (!parts.isHopeless()) planRereads(session.id, entry)
    // Only an event about its own groupcall can still tell.
    else if (found !== 'linked')
      setLink(session, { status: 'unlinked', reason: reasonOf('nothing', parts.obstacle()) })
  }

  const followOne = (session: Session) => {
    const entry = watched.get(session.id)
    if (session.status === 'ended') void entry?.scope.end()
    else if (!entry) begin(session)
    else if (session.status === 'established' && !entry.answered) {
      entry.answered = true
      look(session, entry)
      if (!parts.isHopeless()) planRereads(session.id, entry)
    }
  }
  const follow = (phone: PhoneState) => {
    for (const session of phone.sessions) followOne(session)
    for (const [id, entry] of watched) {
      if (phone.sessions.some((session) => session.id === id)) continue
      void entry.scope.end()
      watched.delete(id)
    }
  }

  const lookAll = () => {
    for (const session of parts.phone.getState().sessions) {
      const entry = watched.get(session.id)
      if (entry && !entry.scope.ended) look(session, entry)
    }
  }

  scope.add(parts.phone.subscribe(follow))
  scope.add(parts.calls.onCall(lookAll))
  scope.add(parts.calls.onGroup(lookAll))
  scope.add(parts.calls.onPlaced(lookAll))
  follow(parts.phone.getState())

  return {
    isOfRequest(sessionId, requestId) {
      const session = present(sessionId)
      const entry = watched.get(sessionId)
      const request = parts.calls.book.requests().find(({ id }) => id === requestId)
      if (!session || !entry || !request) return false
      return isOfRequest(toInvite(session), request, known(session, entry))
    },
  }
}

function reasonOf(found: 'nothing' | 'several', obstacle: string | undefined): string {
  if (obstacle) return obstacle
  return found === 'several'
    ? phrase('several calls on the platform fit this phone call').text
    : phrase('no call on the platform fits this phone call').text
}

function takenBy(links: Record<string, CallLink>, except: string): string[] {
  return Object.entries(links).flatMap(([sessionId, link]) =>
    sessionId !== except && link.status === 'linked' ? [link.callId] : [],
  )
}

function toInvite(session: Session): Invite {
  return {
    sessionId: session.id,
    direction: session.direction,
    remote: session.remote,
    contact: session.contact,
    startedAt: session.startedAt,
    answeredAt: session.answeredAt,
    established: session.status === 'established',
  }
}
