// A call from an own number through the platform: only our own leg is answered, and the far one is followed.
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { AppError } from '../../../common/kit/errors.ts'
import { sliceOf } from '../../../common/kit/slice.ts'
import { type AppState, initialAppState } from '../../../common/model/app-state.ts'
import type { Call, LinkKey } from '../../../common/model/call.ts'
import { initialPhoneState, type PhoneState, type Session } from '../../../common/model/phone.ts'
import type { Calls } from '../../../main/call/calls.ts'
import { toThroughCall } from '../../../main/call/through-call.ts'
import { createCallThrough } from '../../../main/call-through.ts'
import type { PhoneMirror } from '../../../main/phone/phone-mirror.ts'
import { keepScopes } from '../../support/open-scopes.ts'

const newScope = keepScopes()
const wish = { from: '+15550100001', to: '+4930123456' }

async function setUp() {
  const store = createStore<AppState>(() => initialAppState)
  const phone = createStore<PhoneState>(() => initialPhoneState)
  const answered: string[] = []
  const known: string[] = []
  const listeners = new Set<(call: Call) => void>()
  const placed: string[] = []
  let signedIn = true
  const life = newScope('signed in')
  const calls = {
    book: { all: () => [], requests: () => [{ id: 'r1', callIds: ['c1'] }] },
    onCall(listener: (call: Call) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  } as unknown as Calls
  const through = createCallThrough({
    store,
    mirror: { store: phone } as unknown as PhoneMirror,
    slice: sliceOf(store, 'bridged'),
    calls() {
      if (!signedIn) throw new AppError('account.signedOut')
      return calls
    },
    life: () => life,
    async place({ to }) {
      placed.push(to)
      return { id: 'r1', placedAt: 0, from: wish.from, callIds: ['c1'], groupIds: [] }
    },
    know: (user) => void known.push(user),
    phone: async () =>
      ({ 'phone.answer': async ({ sessionId }: { sessionId: string }) => answered.push(sessionId) }) as never,
  })
  await through(wish)
  const ring = (id: string, user = wish.from) =>
    phone.setState(({ sessions }) => ({
      sessions: [
        ...sessions,
        { id, status: 'ringing', remote: { user, host: 'x.test', displayName: '' } } as Session,
      ],
    }))
  const signOut = async () => {
    signedIn = false
    await life.end()
  }
  const link = (sessionId: string, callId: string, by: LinkKey) =>
    store.setState(({ links }) => ({ links: { ...links, [sessionId]: { status: 'linked', callId, by } } }))
  const tell = (call: Partial<Call>) => {
    for (const listener of [...listeners]) listener(call as Call)
  }
  const bridged = () => store.getState().bridged
  const leave = () => (signedIn = false)
  return { through, placed, ring, link, tell, answered, known, listeners, bridged, signOut, leave }
}

it('our own leg is answered once, and says whom it joins', async () => {
  const { ring, link, answered, known, bridged } = await setUp()
  ring('s1')
  link('s1', 'c1', 'contact')
  ring('s2')
  link('s2', 'c1', 'contact')
  await expect.poll(() => answered).toEqual(['s1'])
  expect(bridged()).toEqual({ c1: { ...wish, far: 'waiting' } })
  expect(known).toEqual([wish.to])
})

it.each([
  ['another call', 'c9', 'contact'],
  ['a call that only fits by caller and time', 'c1', 'callerAndTime'],
] as const)('%s rings on for a person', async (_what, callId, by) => {
  const { ring, link, answered, bridged } = await setUp()
  ring('s1')
  link('s1', callId, by)
  await new Promise((resolve) => setImmediate(resolve))
  expect(answered).toEqual([])
  expect(bridged()).toEqual({})
})

it('the far leg is followed to its end, and nothing after our own', async () => {
  const { ring, link, tell, bridged, listeners } = await setUp()
  ring('s1')
  link('s1', 'c1', 'callIds')
  tell({ id: 'far', masterCallId: 'c1', status: 'ringing' })
  expect(bridged().c1?.far).toBe('ringing')
  tell({ id: 'other', masterCallId: 'c7', status: 'hangup' })
  tell({ id: 'far', masterCallId: 'c1', status: 'hangup', hangupReason: 'busy' })
  expect(bridged().c1).toMatchObject({ far: 'over', reason: 'busy' })
  tell({ id: 'c1', status: 'hangup' })
  await expect.poll(() => listeners.size).toBe(0)
})

it('a second one is refused while the first is being placed, and not after', async () => {
  const { through, placed } = await setUp()
  const both = await Promise.allSettled([through(wish), through({ ...wish, to: '+4930999999' })])
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  await through(wish)
  expect(placed).toEqual([wish.to, wish.to, wish.to])
})

it('a call of somebody else to our contact rings on', async () => {
  const { ring, link, answered, bridged } = await setUp()
  ring('s1', '+15550109999')
  link('s1', 'c1', 'contact')
  await new Promise((resolve) => setImmediate(resolve))
  expect(answered).toEqual([])
  expect(bridged()).toEqual({})
})

it('whoever signs out before their leg rang disturbs nobody who writes the state', async () => {
  const { link, leave } = await setUp()
  leave()
  expect(() => link('s1', 'c9', 'contact')).not.toThrow()
})

it('what is followed ends with the sign-in', async () => {
  const { ring, link, listeners, signOut } = await setUp()
  ring('s1')
  link('s1', 'c1', 'contact')
  expect(listeners.size).toBe(1)
  await signOut()
  expect(listeners.size).toBe(0)
})

it('is asked for as a call to this phone that connects the number with ours', () => {
  const extension = { id: 'e1', extension: 'desk1' }
  expect(toThroughCall({ language: 'en-US', extension, ...wish })).toEqual({
    source: { type: 'tel', target: wish.from, targetName: wish.to },
    destinations: [{ type: 'extension', target: 'e1', targetName: 'desk1' }],
    actions: [
      { type: 'transcribe_start', option: { language: 'en-US' } },
      {
        type: 'connect',
        option: {
          source: { type: 'tel', target: wish.from },
          destinations: [{ type: 'tel', target: wish.to }],
          early_media: true,
        },
      },
    ],
  })
})
