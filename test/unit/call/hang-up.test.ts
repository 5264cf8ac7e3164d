// Hanging up: by the window where it answers, over REST where it does not.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PhoneCaller } from '../../../common/bridge/table.ts'
import { AppError } from '../../../common/kit/errors.ts'
import { initialAppState } from '../../../common/model/app-state.ts'
import { createHangUp } from '../../../main/hang-up.ts'
import { createPhoneMirror } from '../../../main/phone/phone-mirror.ts'
import type { Presence } from '../../../main/presence.ts'
import { keepScopes } from '../../support/open-scopes.ts'

const newScope = keepScopes()
beforeEach(() => void vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function setUp(bye: () => Promise<null>, rest: () => Promise<void> = async () => {}) {
  const done: string[] = []
  const mirror = createPhoneMirror()
  const session = { id: 's1', status: 'established' } as ReturnType<typeof mirror.session>
  const links = { s1: { status: 'linked', callId: 'c1' } } as unknown as typeof initialAppState.links
  const calls = {
    hangUp: async (id: string) => {
      done.push(`REST ${id}`)
      await rest()
    },
  }
  const { hangUp } = createHangUp({
    scope: newScope(),
    state: () => ({ ...initialAppState, links }),
    mirror: { ...mirror, session: () => session },
    presence: { features: () => ({ calls }) } as unknown as Presence,
    phone: async () =>
      ({
        'phone.hangUp': async () => {
          done.push('BYE')
          return await bye()
        },
      }) as unknown as PhoneCaller,
    notice: () => {},
  })
  return { hangUp, done }
}

describe('hanging up a call of this window', () => {
  it('is its own BYE, and nothing else', async () => {
    const { hangUp, done } = setUp(async () => null)
    await hangUp('c1')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(done).toEqual(['BYE'])
  })
  it('goes over REST when the window does not answer', async () => {
    const { hangUp, done } = setUp(() => new Promise(() => {}))
    const hungUp = hangUp('c1')
    await vi.advanceTimersByTimeAsync(3_000)
    await hungUp
    expect(done).toEqual(['BYE', 'REST c1'])
  })
  it('goes over REST when the window fails', async () => {
    const { hangUp, done } = setUp(async () => {
      throw new AppError('app.windowGone')
    })
    await hangUp('c1')
    expect(done).toEqual(['BYE', 'REST c1'])
  })
  it('waits for the window after all where REST is not allowed', async () => {
    let answer = (_: null) => {}
    const late = new Promise<null>((resolve) => {
      answer = resolve
    })
    const { hangUp } = setUp(
      () => late,
      async () => {
        throw new AppError('account.notPermitted')
      },
    )
    let hungUp = false
    const hangingUp = hangUp('c1').then(() => {
      hungUp = true
    })
    await vi.advanceTimersByTimeAsync(20_000)
    expect(hungUp).toBe(false)
    answer(null)
    await hangingUp
  })
})
