// Main's end of the window: requests are parsed, changes are pushed once a turn, one window at a time.
import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { MainHandlers } from '../../../common/bridge/table.ts'
import { AppError } from '../../../common/kit/errors.ts'
import { createPortPair } from '../../../common/kit/port.ts'
import { type AppState, initialAppState } from '../../../common/model/app-state.ts'
import type { Call } from '../../../common/model/call.ts'
import type { TranscriptEntry } from '../../../common/model/transcript.ts'
import { createWindowBridge } from '../../../main/bridge.ts'
import { openFakePhone } from '../../support/fake-phone.ts'
import { keepScopes } from '../../support/open-scopes.ts'

const newScope = keepScopes()
const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)))

function setUp(more: Partial<MainHandlers> = {}) {
  const scope = newScope('app')
  const store = createStore<AppState>(() => initialAppState)
  const told: string[] = []
  const done = async () => null
  const handlers = new Proxy({} as MainHandlers, {
    get: (_target, name) => more[name as keyof MainHandlers] ?? done,
    has: () => true,
    ownKeys: () => [
      ...new Set(['app.snapshot', 'phone.changed', 'call.hangUp', 'speaking.say', ...Object.keys(more)]),
    ],
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
  })
  const bridge = createWindowBridge(scope, {
    store,
    handlers: () => handlers,
    snapshot: () => ({ transcripts: {} }),
    onReady: () => told.push('ready'),
    onGone: () => told.push('gone'),
  })
  const open = () => {
    const [mainEnd, windowEnd] = createPortPair()
    const sent: unknown[] = []
    const detach = bridge.attach({
      send: (message) => {
        sent.push(message)
        mainEnd.send(message)
      },
      onMessage: mainEnd.onMessage,
    })
    return { detach, sent, port: windowEnd, phone: openFakePhone(newScope('window'), windowEnd) }
  }
  return { scope, store, bridge, told, open }
}

const aCall = (id: string): Call => ({
  id,
  status: 'ringing',
  direction: 'outgoing',
  source: { type: 'tel', target: '1', targetName: '' },
  destination: { type: 'extension', target: '', targetName: '2000' },
  chainedCallIds: [],
})

describe('what main pushes', () => {
  it('is only what changed, and once a turn of the event loop', async () => {
    const { store, open } = setUp()
    const { phone } = open()
    await phone.ready()
    for (let n = 0; n < 1000; n++) store.setState({ calls: { [`c${n}`]: aCall(`c${n}`) } })
    store.setState({ account: { status: 'signingIn' } })
    await turn()
    expect(phone.seen.pushes).toEqual([{ calls: { c999: aCall('c999') }, account: { status: 'signingIn' } }])
  })
  it('is one message a call for a burst of transcript lines', async () => {
    const { bridge, open } = setUp()
    const { phone, sent } = open()
    await phone.ready()
    const before = sent.length
    const line = (n: number): TranscriptEntry => ({
      kind: 'gap',
      id: `g${n}`,
      callId: 'c1',
      createdAt: n,
      filled: 0,
    })
    for (let n = 0; n < 1000; n++) bridge.transcript('c1', [line(n)])
    await turn()
    expect(sent.length - before).toBe(1)
    expect(phone.seen.transcripts.c1).toHaveLength(1000)
  })
  it('never repeats after a snapshot what the snapshot contained', async () => {
    const { store, open } = setUp()
    const { phone } = open()
    store.setState({ account: { status: 'signingIn' } })
    await phone.ready()
    const early = phone.seen.pushes.length
    await turn()
    expect(phone.seen.state.account).toEqual({ status: 'signingIn' })
    expect(phone.seen.pushes.length).toBe(early)
  })
  it('are rows of the trace only to a window that watches it, and never to the one after it', async () => {
    const { bridge, open } = setUp({ 'trace.watch': async ({ on }) => (on ? [row(1)] : []) })
    const row = (id: number) =>
      ({ id, at: 1, source: 'app', direction: 'none', title: `row ${id}`, tone: 'plain' }) as const
    const { phone } = open()
    bridge.trace([row(1)])
    expect(await phone.main['trace.watch']({ on: true })).toEqual([row(1)])
    bridge.trace([row(2)])
    await phone.main['trace.watch']({ on: false })
    bridge.trace([row(3)])
    await phone.main['trace.watch']({ on: true })
    const { phone: next } = open()
    bridge.trace([row(4)])
    await next.main['trace.watch']({ on: false })
    expect(phone.seen.trace).toEqual([row(2)])
    expect(next.seen.trace).toEqual([])
  })
})

describe('what a window asks', () => {
  it('fails as data with the code of the error', async () => {
    const { open } = setUp({
      'call.hangUp': async () => {
        throw new AppError('call.gone', { detail: 'c1', status: 404 })
      },
    })
    await expect(open().phone.main['call.hangUp']({ callId: 'c1' })).rejects.toMatchObject({
      code: 'call.gone',
      detail: 'c1',
      status: 404,
    })
  })
  it('never reaches the handler when it fails its schema', async () => {
    const reached: unknown[] = []
    const { open } = setUp({
      'call.hangUp': async (input) => {
        reached.push(input)
        return null
      },
    })
    const asked = open().phone.main['call.hangUp']({ callId: '' })
    await expect(asked).rejects.toMatchObject({
      code: 'app.inputInvalid',
      detail: expect.stringContaining('callId'),
    })
    expect(reached).toEqual([])
  })
  it('selects nothing by an unknown or inherited name', async () => {
    const { open } = setUp()
    const { port } = open()
    const answers: unknown[] = []
    port.onMessage((message) => answers.push(message))
    for (const name of ['toString', 'constructor', '__proto__', 7, null]) {
      port.send({ t: 'q', i: String(name), m: 'ask', a: [name, {}] })
    }
    await turn()
    expect(answers).toHaveLength(5)
    for (const answer of answers)
      expect(answer).toMatchObject({ r: { ok: false, error: { code: 'app.inputInvalid' } } })
  })
  it.each(['text', null, 7, {}, { t: 'q', m: 'other', a: [] }, { t: 'q', m: 'ask' }])(
    'is dropped when it is no message of the bridge: %j',
    async (message) => {
      const { open } = setUp()
      const { port, phone } = open()
      port.send(message)
      await phone.ready()
      expect(phone.seen.state.account).toEqual({ status: 'signedOut' })
    },
  )
})

describe('a window', () => {
  it('is ready when it has its snapshot, and its phone can then be asked', async () => {
    const { scope, bridge, told, open } = setUp()
    const { phone } = open()
    const caller = bridge.phone(scope)
    expect(told).toEqual([])
    await phone.ready()
    await (await caller)['phone.wake']({})
    expect(phone.asked).toEqual(['phone.wake'])
    expect(told).toEqual(['ready'])
  })
  it('is replaced by the next one', async () => {
    const { scope, bridge, store, told, open } = setUp()
    const first = open()
    await first.phone.ready()
    await turn()
    const second = open()
    await second.phone.ready()
    await turn()
    expect(told).toEqual(['ready', 'gone', 'ready'])
    store.setState({ account: { status: 'signingIn' } })
    await turn()
    expect([first.phone.seen.pushes.length, second.phone.seen.pushes.length]).toEqual([0, 1])
    await (await bridge.phone(scope))['phone.wake']({})
    expect([first.phone.asked, second.phone.asked]).toEqual([[], ['phone.wake']])
  })
  it('that goes away leaves its questions answered', async () => {
    const { scope, bridge, open } = setUp()
    const { phone, detach } = open()
    await phone.ready()
    const caller = await bridge.phone(scope)
    const asked = caller['phone.answer']({ sessionId: 'never' }).catch((error: AppError) => error.code)
    detach()
    expect(await asked).toMatch(/^app\.(windowGone|stopped)$/)
  })
})
