// Ringing in main: what was missed, when calls may disturb, and the face that shells show.
import { describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { PhoneCaller } from '../../../common/bridge/table.ts'
import { AppError, type ErrorData } from '../../../common/kit/errors.ts'
import { type AppState, initialAppState } from '../../../common/model/app-state.ts'
import type { Session } from '../../../common/model/phone.ts'
import type { DeskFace } from '../../../common/model/ringing.ts'
import { createPhoneMirror } from '../../../main/phone/phone-mirror.ts'
import { createRinging } from '../../../main/ringing/ringing.ts'
import { aSession, registeredPhone } from '../../../renderer/gallery/people.ts'
import { keepScopes } from '../../support/open-scopes.ts'

const newScope = keepScopes()

const ringing = (id: string, more: Partial<Session> = {}): Session => {
  const { answeredAt: _answered, media: _media, ...session } = aSession()
  return { ...session, id, status: 'ringing', ...more }
}
const ended = (id: string, outcome: Session['outcome'], more: Partial<Session> = {}) =>
  ringing(id, { status: 'ended', endedAt: 1, outcome, ...more })

function setUp(answer: () => Promise<null> = async () => null) {
  const store = createStore<AppState>(() => initialAppState)
  const mirror = createPhoneMirror()
  const faces: DeskFace[] = []
  const asked: string[] = []
  const notices: ErrorData[] = []
  const ring = createRinging(newScope('app'), {
    store,
    phone: mirror.store,
    change: async (patch) => store.setState(({ settings }) => ({ settings: { ...settings, ...patch } })),
    caller: async () =>
      ({
        'phone.answer': async ({ sessionId }: { sessionId: string }) => {
          asked.push(`answer ${sessionId}`)
          return answer()
        },
        'phone.decline': async ({ sessionId }: { sessionId: string }) => {
          asked.push(`decline ${sessionId}`)
          return null
        },
      }) as unknown as PhoneCaller,
    notice: (error) => notices.push(error),
  })
  ring.desk.watch((face) => faces.push(face))
  const show = (...sessions: Session[]) => mirror.take({ ...registeredPhone, sessions })
  const missed = () => store.getState().ringing.missed
  const runQuickstart = (sessionId?: string) =>
    store.setState(({ quickstart }) => ({
      quickstart: { ...quickstart, status: 'running', ...(sessionId === undefined ? {} : { sessionId }) },
    }))
  return { ring, store, mirror, faces, asked, notices, show, missed, runQuickstart }
}

describe('missed calls', () => {
  it.each<[string, Partial<Session>, string]>([
    ['a caller who gave up', { outcome: 'canceled' }, 'notAnswered'],
    ['a call that rang too long', { outcome: 'notAnswered' }, 'notAnswered'],
    ['a call that failed before the answer', { outcome: 'failed' }, 'notAnswered'],
    ['a call refused by do not disturb', { outcome: 'declined', reason: 'do not disturb' }, 'doNotDisturb'],
    ['a call refused beside another', { outcome: 'declined', reason: 'busy with another call' }, 'busy'],
  ])('%s is one', (_what, end, why) => {
    const { show, missed } = setUp()
    show(ringing('s1'))
    show(ended('s1', undefined, end))
    expect(missed()).toMatchObject([{ sessionId: 's1', name: 'VoIPBIN test call', why, seen: false }])
  })

  it.each<[string, Partial<Session>]>([
    ['answered and hung up', { outcome: 'hungUpByThem', answeredAt: 5 }],
    ['answered elsewhere', { outcome: 'answeredElsewhere' }],
    ['declined by the person', { outcome: 'declined' }],
    ['dialled by us', { outcome: 'canceled', direction: 'outgoing' }],
  ])('a call that was %s is none', (_what, end) => {
    const { show, missed } = setUp()
    show(ended('s1', undefined, end))
    expect(missed()).toEqual([])
  })

  it('each is counted once, the newest first, until somebody looks; then it stays in the list until it is cleared', () => {
    const { ring, show, missed } = setUp()
    show(ended('s1', 'canceled'))
    show(ended('s1', 'canceled'), ended('s2', 'canceled'))
    show(ended('s2', 'canceled'))
    expect(missed().map(({ sessionId }) => sessionId)).toEqual(['s2', 's1'])
    expect(ring.desk.face().missed).toBe(2)
    ring.seen()
    expect(ring.desk.face().missed).toBe(0)
    expect(missed()).toHaveLength(2)
    ring.clear()
    expect(missed()).toEqual([])
  })

  it('those of the quickstart are not the person’s', () => {
    const { show, missed, runQuickstart, ring } = setUp()
    runQuickstart()
    show(ringing('s1'))
    expect(ring.desk.face().ringing).toBeUndefined()
    show(ended('s1', 'canceled'))
    expect(missed()).toEqual([])
  })

  it('a foreign call beside a matched quickstart rings and can be missed', () => {
    const { show, missed, runQuickstart, ring } = setUp()
    runQuickstart('own')
    show(ringing('other'))
    expect(ring.desk.face().ringing?.sessionId).toBe('other')
    show(ended('other', 'canceled'))
    expect(missed()).toHaveLength(1)
  })
})

describe('do not disturb', () => {
  it('refuses calls, but never the one that the quickstart or a test call asked for', async () => {
    vi.useFakeTimers()
    try {
      const { ring, store, runQuickstart } = setUp()
      const refuses = () => store.getState().ringing.refuses
      ring.desk.change({ doNotDisturb: true })
      expect(refuses()).toBe(true)
      ring.expectOwnCall()
      expect(refuses()).toBe(false)
      vi.advanceTimersByTime(30_000)
      expect(refuses()).toBe(true)
      runQuickstart()
      expect(refuses()).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('the face that shells show', () => {
  it('names who rings, and is told only when it changed', () => {
    const { faces, show } = setUp()
    show()
    show(ringing('s1'))
    show(ringing('s1', { reason: 'a counter moved' }))
    expect(faces.map(({ registration, ringing }) => [registration, ringing?.name])).toEqual([
      ['registered', undefined],
      ['registered', 'VoIPBIN test call'],
    ])
    expect(faces[1]?.ringing?.address).toBe('+821100000001@pstn.voipbin.test')
  })

  it.each([
    ['offline', 'offline'],
    ['connecting', 'trying'],
    ['registering', 'trying'],
    ['waiting', 'trying'],
    ['refused', 'refused'],
  ] as const)('%s is shown as %s', (status, shown) => {
    const { mirror, ring } = setUp()
    mirror.take({ ...registeredPhone, registration: { status } as never })
    expect(ring.desk.face().registration).toBe(shown)
  })

  it('answers and declines in the window; a failure becomes a notice there', async () => {
    const { ring, asked, notices } = setUp(async () => {
      throw new AppError('media.micDenied')
    })
    await ring.desk.decline('s1')
    await ring.desk.answer('s2')
    expect(asked).toEqual(['decline s1', 'answer s2'])
    expect(notices.map(({ code }) => code)).toEqual(['media.micDenied'])
  })
})
