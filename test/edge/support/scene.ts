// The usual scene of an edge test: one edge, our phone registered at it with a speaking microphone, and callers.
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Session } from '../../../common/model/phone.ts'
import { type Edge, type EdgeOptions, startEdge } from '../fixture/edge.ts'
import { type EdgePhone, type EdgePhoneOptions, openEdgePhone } from '../fixture/edge-phone.ts'
import type { PeerCall } from '../peer/call.ts'
import type { CallOptions } from '../peer/outgoing.ts'
import { openPeer, type Peer, type PeerOptions } from '../peer/peer.ts'
import { type Ear, openEar, watchPlayback } from './ear.ts'
import { makeMicrophone } from './microphone.ts'

export const ada = { user: '2000', password: 'pa"ss-1' }
/** A second extension, for a peer that registers as a phone would. */
export const bob = { user: '2001', password: 'word-2' }

export interface Scene {
  readonly edge: Edge
  readonly phone: EdgePhone
  /** `sip:2000@<domain>`: what reaches the phone. */
  readonly phoneUri: string
  /** Somebody outside who needs no password: the platform behind the edge. Ends with the test. */
  caller(options?: Partial<PeerOptions>): Promise<Peer>
  /** Bob's extension, registered over UDP. Ends with the test. */
  extension(options?: Partial<PeerOptions>): Promise<Peer>
  /** A call that rings at the phone. */
  ring(options?: CallOptions & { peer?: Peer }): Promise<RingingCall>
  /** A call that has been answered. */
  talk(options?: CallOptions & { peer?: Peer }): Promise<RingingCall>
  /** Records what a person at the phone hears, from now on. */
  ear(): Promise<Ear>
  /** Anything else that must end with the test, last in first out. */
  add(close: () => unknown): void
}

export interface RingingCall {
  /** The caller's end of it. */
  readonly call: PeerCall
  readonly peer: Peer
  readonly sessionId: string
  /** The phone's view of it. */
  session(): Promise<Session>
  /** The phone's view, as soon as it fits. */
  until<T>(what: string, look: (session: Session) => T): Promise<NonNullable<T>>
  /** What a person would click. Each resolves when the phone has done it. */
  answer(): Promise<void>
  decline(): Promise<void>
  hangUp(): Promise<void>
}

export interface SceneOptions {
  edge?: EdgeOptions
  phone?: Partial<EdgePhoneOptions>
}

/** One edge and one phone for all tests of a file (or a describe); what a test opened is closed behind it. */
export function shareScene(options: SceneOptions = {}): () => Scene {
  let scene: Scene | undefined
  let stop = async (_keep: boolean) => {}
  let failed = false
  const closings: (() => unknown)[] = []

  beforeAll(async () => {
    ;({ scene, stop } = await openScene(options, closings))
  })
  afterEach(async ({ task }) => {
    failed ||= task.result?.state === 'fail'
    for (const close of closings.splice(0).reverse()) await close()
    // A session that a test left behind would be the next test's riddle.
    await scene?.phone.until('no call to be left', ({ sessions }) =>
      sessions.every(({ status }) => status === 'ended'),
    )
  })
  afterAll(async () => {
    await stop(failed)
    if (failed) console.error(`The logs of the edge are in ${scene?.edge.dir}`)
  })
  return () => {
    if (!scene) throw new Error('the scene is set when the tests begin')
    return scene
  }
}

async function openScene(
  { edge: edgeOptions, phone: phoneOptions }: SceneOptions,
  closings: (() => unknown)[],
) {
  const users = { [ada.user]: ada.password, [bob.user]: bob.password }
  const edge = await startEdge({ ...edgeOptions, users: { ...users, ...edgeOptions?.users } })
  const microphone = await makeMicrophone()
  const phone = await openEdgePhone(edge, { ...ada, microphone: { wav: microphone.wav }, ...phoneOptions })
  await watchPlayback(phone.page)
  await phone.register()
  return {
    scene: toScene(edge, phone, closings),
    async stop(keep: boolean) {
      await phone.close()
      await microphone.remove()
      await edge.stop(keep)
    },
  }
}

export function toScene(edge: Edge, phone: EdgePhone, closings: (() => unknown)[]): Scene {
  const phoneUri = `sip:${phone.start.username}@${edge.domain}`
  const outboundProxy = { host: edge.host, port: edge.ports.udp }
  const open = async (options: PeerOptions) => {
    const peer = await openPeer(options)
    closings.push(() => peer.close())
    return peer
  }
  const scene: Scene = {
    edge,
    phone,
    phoneUri,
    async ear() {
      const ear = await openEar(phone.page)
      closings.push(() => ear.stop())
      return ear
    },
    add: (close) => void closings.push(close),
    caller: (options) => open({ user: '+15550100', domain: 'platform.test', outboundProxy, ...options }),
    async extension(options) {
      const peer = await open({ ...bob, domain: edge.domain, outboundProxy, ...options })
      await peer.register()
      closings.push(() => peer.unregister().catch(() => {}))
      return peer
    },
    async ring({ peer: given, ...options } = {}) {
      const peer = given ?? (await scene.caller())
      const call = await peer.call(phoneUri, options)
      await call.provisional(180)
      return toRinging(phone, peer, call)
    },
    async talk(options) {
      const ringing = await scene.ring(options)
      await ringing.answer()
      await ringing.call.answered()
      return ringing
    },
  }
  return scene
}

async function toRinging(phone: EdgePhone, peer: Peer, call: PeerCall): Promise<RingingCall> {
  const find = (sessions: readonly Session[]) => sessions.find(({ sipCallId }) => sipCallId === call.callId)
  const { id: sessionId } = await phone.until('the call at the phone', ({ sessions }) => find(sessions))
  const until: RingingCall['until'] = (what, look) =>
    phone.until(what, ({ sessions }) => {
      const session = find(sessions)
      return session && look(session)
    })
  return {
    call,
    peer,
    sessionId,
    until,
    session: () => until('the session', (session) => session),
    answer: () => phone.ask('phone.answer', { sessionId }),
    decline: () => phone.ask('phone.decline', { sessionId }),
    hangUp: () => phone.ask('phone.hangUp', { sessionId }),
  }
}
