// The whole phone on the edge of text: real SIP.js, its own parser path, a fake socket below and fake media beside it.
import { afterEach, beforeEach, vi } from 'vitest'
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
  reply,
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

export type PhoneOnEdge = ReturnType<typeof createPhoneOnEdge>

/** Needs fake timers. The caller disposes of it: `close`. */
export function createPhoneOnEdge(patch: Partial<PhoneStart> = {}) {
  const edge = createFakeEdge(domain)
  const media = createFakeMedia()
  const rows: NewTraceRow[] = []
  const page = new EventTarget()
  const phone = createPhone(
    { sound: () => {}, trace: (row) => rows.push(row) },
    { createSocket: edge.createSocket, createMedia: () => media.kit, page: page as unknown as Window },
  )
  const settle = (ms = 20) => vi.advanceTimersByTimeAsync(ms)
  const registration = () => phone.store.getState().registration
  const sessions = () => phone.store.getState().sessions
  const session = (index = -1) => {
    const found = sessions().at(index)
    if (!found) throw new Error('no session')
    return found
  }
  const contactUri = () => /<(.*?)>/.exec(header(edge.last('REGISTER') ?? '', 'Contact'))?.[1] ?? ''
  const caller = (options: Partial<CallerOptions> = {}) =>
    createCaller({ requestUri: contactUri(), to: aor, ...options })
  /** Dials; `ben` is who is called, once the INVITE has left. */
  const dial = async (target: string) => {
    const before = edge.count('INVITE')
    const dialled = phone.dial(target)
    // A test that expects a failure looks at it itself.
    dialled.catch(() => {})
    await settle()
    if (edge.count('INVITE') === before) return { dialled, ben: undefined }
    return { dialled, ben: createCallee(edge.last('INVITE') ?? '') }
  }
  return {
    edge,
    media,
    rows,
    page,
    phone,
    settle,
    registration,
    sessions,
    session,
    contactUri,
    caller,
    async start() {
      await phone.handlers['phone.start']({ ...given, ...patch })
      await settle()
    },
    /** Rings, is answered and acknowledged. */
    async establish(options: Partial<CallerOptions> = {}) {
      const ada = caller(options)
      edge.say(ada.invite())
      await settle()
      const { id } = session()
      await phone.handlers['phone.answer']({ sessionId: id })
      const toTag = toTagOf(edge.last('SIP/2.0 200') ?? '')
      edge.say(ada.ack(toTag))
      await settle()
      return { ada, id, toTag }
    },
    /** Their answer to the last INVITE of ours that left. */
    async answerLast(status: string) {
      const contact = ['Contact: <sip:edge@edge.invalid;transport=ws>']
      const body = status.startsWith('2') ? goodOffer : ''
      edge.say(reply(edge.last('INVITE') ?? '', status, contact, body))
      await settle()
    },
    dial,
    /** Dials and is answered. */
    async dialAndTalk(target = '2001') {
      const { dialled, ben } = await dial(target)
      if (!ben) throw new Error('no INVITE left')
      edge.say(ben.answer('200 OK', { body: goodOffer }))
      await settle()
      return { ben, id: await dialled }
    },
    /** Status codes of the answers that the phone gave to requests of this method. */
    answersTo: (method: string) =>
      edge.sent
        .filter((message) => message.startsWith('SIP/2.0') && header(message, 'CSeq').endsWith(method))
        .map((message) => message.slice(8, 11)),
    dropped: () => rows.filter((row) => row.result === 'dropped').map((row) => row.title),
    notes: () => rows.filter((row) => row.direction === 'none').map((row) => row.title),
    async close() {
      const closing = phone.dispose()
      await settle(5000)
      await closing
    },
  }
}

/** Phones of one test file, on fake timers: made by `phoneOn`, closed after each test. */
export function createPhones() {
  let open: PhoneOnEdge[] = []
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(async () => {
    for (const each of open) await each.close()
    open = []
    vi.useRealTimers()
  })
  return {
    phoneOn(patch?: Partial<PhoneStart>): PhoneOnEdge {
      const made = createPhoneOnEdge(patch)
      open.push(made)
      return made
    },
  }
}
