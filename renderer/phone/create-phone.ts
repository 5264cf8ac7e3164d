// Puts the phone together: one store, one endpoint a registration, one scope a session.
import type { Invitation } from 'sip.js'
import { createStore } from 'zustand/vanilla'
import { isSameStart } from '../../common/bridge/same-start.ts'
import type { PhoneStart } from '../../common/bridge/table.ts'
import { AppError, toAppError } from '../../common/kit/errors.ts'
import { createScope, type Scope } from '../../common/kit/scope.ts'
import { initialPhoneState, type PhoneState, type Session } from '../../common/model/phone.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import { dial } from './dialler.ts'
import type { CreateSocket } from './edge-transport.ts'
import { attachHeadset } from './headset/at-the-phone.ts'
import { findHid, type HidPort } from './headset/hid-port.ts'
import { toSipIdentity } from './identity.ts'
import { createMediaKit } from './media.ts'
import type { MediaKit, SetMediaState } from './media-kit.ts'
import { type Patience, usualPatience } from './patience.ts'
import type { Phone, PhoneReports } from './phone.ts'
import { createReceptionist } from './receptionist.ts'
import { type Supervisor, superviseRegistration } from './registration.ts'
import { createSessionBoard } from './session-board.ts'
import { createSipEndpoint, type SipEndpoint } from './user-agent.ts'

export interface PhoneOptions {
  createSocket?: CreateSocket
  createMedia?: (set: SetMediaState, note: (title: string) => void) => MediaKit
  /** Where headsets with buttons are found. */
  hid?: HidPort | undefined
  /** For tests that do not wait for minutes. */
  patience?: Partial<Patience>
  /** Where `online`, `offline` and `pagehide` come from. */
  page?: Pick<Window, 'addEventListener' | 'removeEventListener'>
}

/** One registration, from `phone.start` to `phone.stop`. */
interface Line {
  given: PhoneStart
  contact: Session['contact']
  scope: Scope
  endpoint: SipEndpoint
  supervisor: Supervisor
}

const unregisterMs = 2000

export function createPhone(reports: PhoneReports, options: PhoneOptions = {}): Phone {
  const store = createStore<PhoneState>(() => initialPhoneState)
  const life = createScope('phone')
  const note = (title: string, tone: NewTraceRow['tone'] = 'plain') =>
    reports.trace({ at: Date.now(), source: 'media', direction: 'none', title: title.slice(0, 300), tone })
  const setMedia: SetMediaState = (part) => store.setState(part)
  const { ringMs, dialMs }: Patience = { ...usualPatience, ...options.patience }
  const media = (options.createMedia ?? createMediaKit)(setMedia, note)
  let line: Line | undefined
  let starting: Promise<void> = Promise.resolve()

  const isRegistered = () => line?.supervisor.registered ?? false
  const board = createSessionBoard({ store, media, reports, note, isRegistered })
  const hid = 'hid' in options ? options.hid : findHid()
  const headset = attachHeadset(life, { hid, store, board, note })
  const receptionist = createReceptionist({ store, media, board, note })

  const start = async (given: PhoneStart) => {
    if (line && isSameStart(line.given, given) && store.getState().registration.status !== 'refused') {
      // Asked again for what runs already: calls must not end for it.
      if (line.supervisor.registered) line.supervisor.probe()
      else line.supervisor.wake()
      return
    }
    await stop()
    const identity = toSipIdentity(given.instanceId)
    const contact = { user: identity.contactUser, host: identity.contactHost }
    const endpoint = await createSipEndpoint({
      start: given,
      identity,
      createSocket: options.createSocket ?? ((url) => new WebSocket(given.doors?.[url] ?? url, 'sip')),
      ringMs,
      report: reports.trace,
      onInvite: (invitation: Invitation) => receptionist.receive(invitation, { ...given, contact }),
      describe: (session) => board.describe(session),
    }).catch((error: unknown) => {
      throw toAppError(error)
    })
    const scope = life.child('line')
    const supervisor = superviseRegistration(scope, endpoint.link, {
      edges: given.edges,
      expiresSeconds: given.expiresSeconds,
      contact,
      set: (registration) => {
        const before = store.getState().registration.status
        if (!scope.ended) store.setState({ registration })
        // Whatever comes after being registered begins with another socket.
        if (before === 'registered' && registration.status !== 'registered') board.offline()
      },
      onRegistered: (first) => {
        endpoint.flush()
        if (!first) board.online()
      },
    })
    line = { given, contact, scope, endpoint, supervisor }
  }

  /** Calls end, the binding goes, then the socket: each crash that skips this leaves a dead contact (contract F.1). */
  const stop = async () => {
    const old = line
    line = undefined
    if (!old) return
    const wasRegistered = old.supervisor.registered
    await board.hangUpAll()
    await old.scope.end()
    if (wasRegistered) await old.endpoint.link.register(0, unregisterMs)
    await old.endpoint.dispose()
    store.setState({ registration: { status: 'offline' } })
  }

  const oneAfterTheOther = (run: () => Promise<void>): Promise<null> => {
    const next = starting.then(run)
    starting = next.catch(() => {})
    return next.then(() => null)
  }

  watchPage(life, options.page ?? globalThis.window, {
    wake: () => line?.supervisor.wake(),
    probe: () => line?.supervisor.probe(),
    // No time to wait: the packets leave with the page.
    leave: () => {
      void board.hangUpAll()
      if (line?.supervisor.registered) void line.endpoint.link.register(0, unregisterMs)
    },
  })

  return {
    store,
    handlers: {
      'phone.start': (given) => oneAfterTheOther(() => start(given)),
      'phone.stop': () => oneAfterTheOther(stop),
      'phone.answer': async ({ sessionId }) => board.find(sessionId).answer().then(toNull),
      'phone.decline': async ({ sessionId }) => board.find(sessionId).decline().then(toNull),
      'phone.hangUp': async ({ sessionId }) => board.find(sessionId).hangUp().then(toNull),
      'phone.probe': async () => {
        line?.supervisor.probe()
        return null
      },
      'phone.wake': async () => {
        line?.supervisor.wake()
        return null
      },
    },
    levels: (id) => (board.has(id) ? board.find(id).levels() : { ear: 0, microphone: 0 }),
    listen() {
      const scope = life.child('listen')
      return { level: media.listen(scope), end: () => void scope.end() }
    },
    setMuted(id, muted) {
      if (board.has(id)) board.find(id).setMuted(muted)
    },
    sendDtmf: async (id, tones) => board.find(id).tones.send(tones),
    goOnKeys(id) {
      if (board.has(id)) board.find(id).tones.goOn()
    },
    stopKeys(id) {
      if (board.has(id)) board.find(id).tones.stop()
    },
    async dial(target) {
      if (!line?.supervisor.registered) throw new AppError('sip.notRegistered')
      const { userAgent } = line.endpoint
      return dial(board, { ...line.given, userAgent, media, contact: line.contact, dialMs }, target)
    },
    setHeld: async (id, held) => board.find(id).setHeld(held),
    swapTo: (id) => board.swapTo(id),
    transfer: async (id, target) => board.find(id).transfers.blind(target),
    transferTo: async (id, otherId) =>
      board.find(id).transfers.attended(board.find(otherId).transfers.target),
    async warmUp() {
      await media.warmUp()
      void headset.resume()
    },
    connectHeadset: () => headset.connect(),
    forgetHeadset: () => headset.forget(),
    rememberHeadset: (remembered) => headset.remember(remembered),
    useDevices: (devices) => media.useDevices(devices),
    setDoNotDisturb: (on) => receptionist.setDoNotDisturb(on),
    silence: () => receptionist.silence(),
    testRing: () => media.testRing(),
    dispose: async () => {
      await oneAfterTheOther(stop)
      await life.end()
      await media.dispose()
    },
  }
}

const toNull = () => null

function watchPage(
  scope: Scope,
  page: PhoneOptions['page'] | undefined,
  on: { wake(): void; probe(): void; leave(): void },
) {
  if (!page) return
  const listeners = {
    online: on.wake,
    // Chromium says `offline` on a machine that has only loopback: ask, do not believe.
    offline: on.probe,
    pagehide: on.leave,
  }
  for (const [name, listener] of Object.entries(listeners)) {
    page.addEventListener(name, listener)
    scope.add(() => page.removeEventListener(name, listener))
  }
}
