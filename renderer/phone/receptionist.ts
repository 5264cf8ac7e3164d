// Receives invitations: who is it for, can we speak with them, are we busy; then a session each.
import type { Invitation, SessionDescriptionHandler, Session as SipSession } from 'sip.js'
import type { StoreApi } from 'zustand/vanilla'
import type { PhoneStart } from '../../common/bridge/table.ts'
import { AppError } from '../../common/kit/errors.ts'
import { createScope, type Scope } from '../../common/kit/scope.ts'
import type { PhoneState, Session } from '../../common/model/phone.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import { isForUs, type Us } from './invitation-check.ts'
import type { MediaKit } from './media-kit.ts'
import type { PhoneReports } from './phone.ts'
import { inspectOffer } from './sdp.ts'
import { type LiveSession, openSession } from './session.ts'
import { addSession, changeSession, isLive } from './session-list.ts'

export interface ReceptionistOptions {
  scope: Scope
  store: StoreApi<PhoneState>
  media: MediaKit
  reports: PhoneReports
  note(title: string, tone?: NewTraceRow['tone']): void
  isRegistered(): boolean
}

export interface Receptionist {
  receive(invitation: Invitation, line: Us & Pick<PhoneStart, 'iceServers' | 'secondCall'>): void
  /** What SIP.js asks for the description of a session. */
  describe(session: SipSession): SessionDescriptionHandler
  find(sessionId: string): LiveSession | undefined
  refreshAll(): void
  hangUpAll(): Promise<void>
}

export function createReceptionist(options: ReceptionistOptions): Receptionist {
  const { store, media, reports, note } = options
  const live = new Map<string, LiveSession>()
  let front: string | undefined
  const handlers = new WeakMap<SipSession, SessionDescriptionHandler>()

  const get = (id: string) => store.getState().sessions.find((each) => each.id === id)
  const add = (session: Session) =>
    store.setState((state) => ({ sessions: addSession(state.sessions, session) }))
  const change = (id: string, patch: Partial<Session>) =>
    store.setState((state) => ({ sessions: changeSession(state.sessions, id, patch) }))

  const others = (id: string) =>
    store
      .getState()
      .sessions.filter((session) => session.id !== id && session.status === 'established')
      .flatMap((session) => live.get(session.id) ?? [])

  /** One call at a time is spoken in and heard, or its people would hear those of the other one's through the room. */
  const toFront = (id: string) => {
    front = id
    for (const other of others(id)) other.setAside()
  }

  /** Refused, but shown: a call that could not be taken should not be a mystery. */
  const refuse = (
    invitation: Invitation,
    session: Session,
    statusCode: number,
    ending: Pick<Session, 'outcome' | 'reason' | 'error'>,
  ) => {
    void invitation.reject({ statusCode }).catch(() => {})
    add({ ...session, ...ending, status: 'ended', endedAt: Date.now() })
    note(`refused with ${statusCode}: ${ending.reason ?? ''}`, 'bad')
  }

  const receive: Receptionist['receive'] = (invitation, line) => {
    const { request } = invitation
    const { ruri } = request
    if (!ruri || !isForUs({ requestUri: ruri, to: request.to.uri }, line)) {
      // RFC 3261 section 8.2.2.1
      void invitation.reject({ statusCode: 404 }).catch(() => {})
      note('refused with 404: an INVITE that is not for us', 'bad')
      return
    }
    const session = toSession(invitation, line.contact)
    const offer =
      invitation.body && /sdp/i.test(request.getHeader('content-type') ?? '') ? invitation.body : undefined
    const verdict = offer === undefined ? ({ ok: true } as const) : inspectOffer(offer)
    if (!verdict.ok) {
      const error = new AppError('media.offerRefused', { detail: verdict.why, status: 488 }).toData()
      return refuse(invitation, session, 488, { outcome: 'failed', reason: verdict.why, error })
    }
    const current = store.getState().sessions.filter(isLive)
    if (current.length > 0 && line.secondCall === 'busy') {
      return refuse(invitation, session, 486, { outcome: 'declined', reason: 'busy with another call' })
    }
    void invitation.progress().catch(() => {})
    open(invitation, session, offer, line.iceServers.map(toRtcServer), current.length > 0)
  }

  const open = (
    invitation: Invitation,
    session: Session,
    offer: string | undefined,
    iceServers: RTCIceServer[],
    quiet: boolean,
  ) => {
    const { id } = session
    const scope = createScope(`session ${id}`, (error) => note(`session: ${String(error)}`, 'bad'))
    scope.add(() => {
      live.delete(id)
      if (front !== id) return
      const next = others(id).at(-1)
      front = next?.id
      next?.bringBack()
    })
    add(session)
    const audio = media.openCallAudio(scope, {
      iceServers,
      onMedia: (figures) => live.get(id)?.onMedia(figures),
      onDirection: () => {},
      onSound: (edge) => reports.sound({ sessionId: id, ...edge }),
      note,
    })
    handlers.set(invitation, audio.handler)
    scope.add(() => handlers.delete(invitation))
    const opened = openSession({
      id,
      scope,
      invitation,
      audio,
      // After the 180 has left: synthesising a tone and building an answer take longer than SIP may wait.
      ring: (ringing) => void ringing.after(0, () => media.ring(ringing, quiet)),
      get: () => get(id) ?? { ...session, status: 'ended' },
      set: (patch) => change(id, patch),
      note,
      onFront: () => toFront(id),
      isRegistered: options.isRegistered,
    })
    live.set(id, opened)
    scope.after(0, () => audio.prepare(offer))
  }

  return {
    receive,
    describe: (session) => {
      const handler = handlers.get(session)
      if (!handler) throw new Error('a session that was not received here')
      return handler
    },
    find: (id) => live.get(id),
    refreshAll: () => {
      for (const session of live.values()) void session.refresh()
    },
    hangUpAll: async () => {
      await Promise.allSettled([...live.values()].map((session) => session.hangUp()))
    },
  }
}

function toSession(invitation: Invitation, contact: Session['contact']): Session {
  const { remoteIdentity, request } = invitation
  return {
    id: crypto.randomUUID(),
    sipCallId: request.callId,
    direction: 'incoming',
    status: 'ringing',
    remote: {
      user: remoteIdentity.uri.user ?? '',
      displayName: remoteIdentity.displayName ?? '',
      host: remoteIdentity.uri.host,
    },
    contact,
    startedAt: Date.now(),
    sending: 'on',
    held: { byUs: false, byThem: false },
  }
}

function toRtcServer(server: PhoneStart['iceServers'][number]): RTCIceServer {
  return {
    urls: server.urls,
    ...(server.username === undefined ? {} : { username: server.username }),
    ...(server.credential === undefined ? {} : { credential: server.credential }),
  }
}
