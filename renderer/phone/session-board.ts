// The live sessions of the phone, and which of them is in front: one call at a time is spoken in and heard, or its people
// would hear those of the other one's through the room.
import type { SessionDescriptionHandler, Session as SipSession } from 'sip.js'
import type { StoreApi } from 'zustand/vanilla'
import type { PhoneStart } from '../../common/bridge/table.ts'
import { AppError } from '../../common/kit/errors.ts'
import { createScope } from '../../common/kit/scope.ts'
import type { PhoneState, Session } from '../../common/model/phone.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import { openFlightTap } from './flight-tap.ts'
import type { MediaKit } from './media-kit.ts'
import type { PhoneReports } from './phone.ts'
import type { LiveSession, SessionOptions } from './session.ts'
import { addSession, changeSession } from './session-list.ts'

export interface BoardOptions {
  store: StoreApi<PhoneState>
  media: MediaKit
  reports: PhoneReports
  note(title: string, tone?: NewTraceRow['tone']): void
  isRegistered(): boolean
}

export interface SessionBoard {
  /** Shows the session and opens its audio; `open` makes the rest of it. */
  take<T extends LiveSession>(
    sip: SipSession,
    session: Session,
    iceServers: PhoneStart['iceServers'],
    open: (options: SessionOptions) => T,
  ): T
  /** Shows a session that has ended before it lived. */
  show(session: Session): void
  /** What SIP.js asks for the description of a session. */
  describe(session: SipSession): SessionDescriptionHandler
  /** Fails with `call.gone`. */
  find(sessionId: string): LiveSession
  has(sessionId: string): boolean
  swapTo(sessionId: string): Promise<void>
  offline(): void
  online(): void
  hangUpAll(): Promise<void>
}

export function createSessionBoard(options: BoardOptions): SessionBoard {
  const { store, media, reports, note } = options
  const live = new Map<string, LiveSession>()
  const handlers = new WeakMap<SipSession, SessionDescriptionHandler>()
  /** Who was left for the one in front by a swap. */
  let swappedFrom: { front: string; other: string } | undefined

  const front = () => store.getState().front
  const get = (id: string) => store.getState().sessions.find((each) => each.id === id)
  const change = (id: string, patch: Partial<Session>) =>
    store.setState((state) => ({ sessions: changeSession(state.sessions, id, patch) }))
  const show = (session: Session) =>
    store.setState((state) => ({ sessions: addSession(state.sessions, session) }))

  const toFront = (id: string) => {
    if (front() !== id) swappedFrom = undefined
    store.setState({ front: id })
    for (const [other, session] of live) if (other !== id) void session.park()
  }

  /**
   * A call that ends gives no other one its microphone: whoever waits on hold must not suddenly hear the room. But who
   * swaps is talking with both in turn, and goes on with the other one.
   */
  const leave = (id: string) => {
    live.delete(id)
    if (front() !== id) return
    store.setState({ front: undefined })
    const next = swappedFrom?.front === id ? live.get(swappedFrom.other) : undefined
    swappedFrom = undefined
    next?.takeBack().catch((error: unknown) => note(`still on hold: ${String(error)}`, 'bad'))
  }

  const find = (id: string) => {
    const session = live.get(id)
    if (!session) throw new AppError('call.gone', { detail: 'this session has ended' })
    return session
  }

  return {
    take(sip, session, iceServers, open) {
      const { id } = session
      const scope = createScope(`session ${id}`, (error) => note(`session: ${String(error)}`, 'bad'))
      scope.add(() => leave(id))
      show(session)
      const audio = media.openCallAudio(scope, {
        iceServers: iceServers.map(toRtcServer),
        onMedia: (figures) => live.get(id)?.onMedia(figures),
        onDirection: (direction) => live.get(id)?.onDirection(direction),
        onSound: (edge) => reports.sound({ sessionId: id, ...edge }),
        note,
        flight: reports.flight && openFlightTap(scope, reports.flight, id),
      })
      handlers.set(sip, audio.handler)
      const opened = open({
        id,
        scope,
        audio,
        get: () => get(id) ?? { ...session, status: 'ended' },
        set: (patch) => change(id, patch),
        note,
        onFront: () => toFront(id),
        isRegistered: options.isRegistered,
      })
      live.set(id, opened)
      return opened
    },
    show,
    describe: (sip) => {
      const handler = handlers.get(sip)
      if (!handler) throw new Error('a session that was not opened here')
      return handler
    },
    find,
    has: (id) => live.has(id),
    async swapTo(id) {
      const next = find(id)
      const left = front()
      const done = next.takeBack()
      if (left !== undefined && left !== id && live.has(left)) swappedFrom = { front: id, other: left }
      await done
    },
    offline: () => {
      for (const session of live.values()) session.offline()
    },
    online: () => {
      for (const session of live.values()) session.online()
    },
    hangUpAll: async () => {
      await Promise.allSettled([...live.values()].map((session) => session.hangUp()))
    },
  }
}

function toRtcServer(server: PhoneStart['iceServers'][number]): RTCIceServer {
  return {
    urls: server.urls,
    ...(server.username === undefined ? {} : { username: server.username }),
    ...(server.credential === undefined ? {} : { credential: server.credential }),
  }
}
