// The whole phone over a fake wire: real SIP.js, text on the other side, no browser. Under vitest's fake timers.
import { vi } from 'vitest'
import type { PhoneStart } from '../../common/bridge/table.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import { createPhone } from '../../renderer/phone/create-phone.ts'
import {
  type CallerOptions,
  createCallee,
  createCaller,
  createFakeEdge,
  goodOffer,
  header,
  toTagOf,
} from './fake-edge.ts'
import { createFakeMedia } from './fake-media.ts'

export const domain = '11111111-2222-4333-8444-555555555555.registrar.voipbin.test'
export const aor = `sip:2000@${domain}`
export const given: PhoneStart = {
  domain,
  username: '2000',
  password: 'canary-password',
  edges: ['wss://edge.test'],
  iceServers: [],
  expiresSeconds: 300,
  instanceId: '3f0c6a52-7a6b-4c36-9f43-0d3c1f6f2a11',
  secondCall: 'ring',
}

function openWirePhone(patch: Partial<PhoneStart> = {}) {
  const edge = createFakeEdge(domain)
  const media = createFakeMedia()
  const rows: NewTraceRow[] = []
  const page = new EventTarget()
  const phone = createPhone(
    { sound: () => {}, trace: (row) => rows.push(row) },
    { createSocket: edge.createSocket, createMedia: () => media.kit, page: page as unknown as Window },
  )
  const settle = (ms = 20) => vi.advanceTimersByTimeAsync(ms)
  const start = async () => {
    await phone.handlers['phone.start']({ ...given, ...patch })
    await settle()
  }
  const contactUri = () => /<(.*?)>/.exec(header(edge.last('REGISTER') ?? '', 'Contact'))?.[1] ?? ''
  const caller = (options: Partial<CallerOptions> = {}) =>
    createCaller({ requestUri: contactUri(), to: aor, ...options })
  const session = (index = -1) => {
    const found = phone.store.getState().sessions.at(index)
    if (!found) throw new Error('no session')
    return found
  }
  /** Rings, is answered and acknowledged. */
  const establish = async (options: Partial<CallerOptions> = {}) => {
    const ada = caller(options)
    edge.say(ada.invite())
    await settle()
    const { id } = session()
    await phone.handlers['phone.answer']({ sessionId: id })
    const toTag = toTagOf(edge.last('SIP/2.0 200') ?? '')
    edge.say(ada.ack(toTag))
    await settle()
    return { ada, id, toTag }
  }
  /** Somebody who is dialled: `invite` is the INVITE that left last. */
  const dial = async (target: string) => {
    const before = edge.count('INVITE')
    const dialled = phone.dial(target)
    // A test that expects a failure looks at it itself.
    dialled.catch(() => {})
    await settle()
    if (edge.count('INVITE') === before) return { dialled, ben: undefined }
    return { dialled, ben: createCallee(edge.last('INVITE') ?? '') }
  }
  /** Dials, is answered; `say` is how the callee goes on. */
  const dialAndTalk = async (target = '2001') => {
    const { dialled, ben } = await dial(target)
    if (!ben) throw new Error('no INVITE left')
    edge.say(ben.answer('200 OK', { body: goodOffer }))
    await settle()
    return { ben, id: await dialled }
  }
  const answersTo = (method: string) =>
    edge.sent
      .filter((message) => message.startsWith('SIP/2.0') && header(message, 'CSeq').endsWith(method))
      .map((message) => message.slice(8, 11))
  return {
    edge,
    media,
    rows,
    phone,
    page,
    settle,
    start,
    caller,
    contactUri,
    session,
    establish,
    dial,
    dialAndTalk,
    answersTo,
  }
}

export type WirePhone = ReturnType<typeof openWirePhone>

/** Phones for one test file: `open` in a test, `close` after each. */
export function wirePhones() {
  let opened: WirePhone[] = []
  return {
    open(patch?: Partial<PhoneStart>) {
      const made = openWirePhone(patch)
      opened.push(made)
      return made
    },
    async close() {
      for (const { phone, settle } of opened) {
        const closing = phone.dispose()
        await settle(5000)
        await closing
      }
      opened = []
    },
  }
}
