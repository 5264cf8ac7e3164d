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

  it('a foreign call taken for the quickstart’s own rings, and can be missed, once the own one is known', () => {
    const { show, missed, runQuickstart, ring } = setUp()
    runQuickstart()
    show(ringing('gone'), ringing('other'), ringing('own'))
    show(ended('gone', 'canceled'), ringing('other'), ringing('own'))
    expect(missed()).toEqual([])
    runQuickstart('own')
    expect(ring.desk.face().ringing?.sessionId).toBe('other')
    expect(missed().map(({ sessionId }) => sessionId)).toEqual(['gone'])
    show(ended('gone', 'canceled'), ended('other', 'canceled'), ended('own', 'canceled'))
    expect(missed().map(({ sessionId }) => sessionId)).toEqual(['other', 'gone'])
  })

  it('a call that still rings when the quickstart ended without a match is the person’s', () => {
    const { show, store, runQuickstart, ring } = setUp()
    runQuickstart()
    show(ringing('s1'))
    store.setState(({ quickstart }) => ({ quickstart: { ...quickstart, status: 'failed' } }))
    expect(ring.desk.face().ringing?.sessionId).toBe('s1')
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
  const undisturbed = () => {
    const t = setUp()
    t.ring.desk.change({ doNotDisturb: true })
    return { ...t, refuses: () => t.store.getState().ringing.refuses }
  }

  it('refuses calls, but for 30 s not the one that a test call asked for', () => {
    vi.useFakeTimers()
    try {
      const { ring, refuses } = undisturbed()
      expect(refuses()).toBe(true)
      ring.expectOwnCall()
      expect(refuses()).toBe(false)
      vi.advanceTimersByTime(30_000)
      expect(refuses()).toBe(true)
    } finally {
      vi.useRealTimers()
    }
  })

  it('refuses again as soon as the test call arrived', () => {
    const { ring, show, refuses } = undisturbed()
    show(ended('before', 'canceled'))
    ring.expectOwnCall()
    show(ended('before', 'canceled'))
    expect(refuses()).toBe(false)
    show(ended('before', 'canceled'), ringing('own'))
    expect(refuses()).toBe(true)
  })

  it('refuses again when the test call could not be placed; an older one that fails late closes nothing', () => {
    const { ring, refuses } = undisturbed()
    const first = ring.expectOwnCall()
    const second = ring.expectOwnCall()
    first()
    expect(refuses()).toBe(false)
    second()
    expect(refuses()).toBe(true)
  })

  it('refuses calls during a quickstart, too, until it asks for its own', () => {
    const { runQuickstart, refuses, ring } = undisturbed()
    runQuickstart()
    expect(refuses()).toBe(true)
    ring.expectOwnCall()
    expect(refuses()).toBe(false)
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

  it.each<[string, Partial<Session>, boolean]>([
    ['one that rings', {}, false],
    ['one that is answered', { status: 'answering' }, true],
    ['an established one', { status: 'established' }, true],
    ['a held one', { status: 'established', held: { byUs: true, byThem: false } }, true],
    ['one that we dial', { status: 'ringing', direction: 'outgoing' }, true],
    ['an ended one', { status: 'ended' }, false],
  ])('of calls that quitting would end, %s', (_what, session, inCall) => {
    const { show, ring } = setUp()
    show(ringing('s1', session))
    expect(ring.desk.face().inCall).toBe(inCall)
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
