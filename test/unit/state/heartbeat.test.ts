import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppError, type ErrorData } from '../../../common/kit/errors.ts'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import { answerMs, beatMs, openHeartbeat } from '../../../renderer/state/heartbeat.ts'

let scope: Scope
beforeEach(() => {
  vi.useFakeTimers()
  scope = createScope('test')
})
afterEach(async () => {
  await scope.end()
  vi.useRealTimers()
})

function open(answer: () => Promise<unknown>) {
  let link: 'live' | 'lost' = 'live'
  let pings = 0
  const errors: ErrorData[] = []
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
  openHeartbeat(scope, {
    ping: () => {
      pings++
      return answer()
    },
    isLive: () => link === 'live',
    lost: (error) => {
      link = 'lost'
      errors.push(error)
    },
    page,
  })
  const look = (state: DocumentVisibilityState) => {
    page.visibilityState = state
    page.dispatchEvent(new Event('visibilitychange'))
  }
  return { errors, look, pings: () => pings }
}

const never = () => new Promise(() => {})

test('a main that is gone is told within ten seconds, and what to do', async () => {
  const { errors } = open(never)
  await vi.advanceTimersByTimeAsync(9_999)
  expect(errors).toMatchObject([
    { code: 'app.mainGone', remedy: expect.stringContaining('start the companion') },
  ])
})

test('a main that answers, if only with a failure, is there', async () => {
  let count = 0
  const { errors, pings } = open(async () => {
    if (count++ > 1) throw new AppError('app.unexpected')
  })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(errors).toEqual([])
  expect(pings()).toBe(12)
})

test('a hidden window does not ask; looking at it asks at once', async () => {
  const { look, pings, errors } = open(never)
  look('hidden')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(pings()).toBe(0)
  look('visible')
  expect(pings()).toBe(1)
  await vi.advanceTimersByTimeAsync(answerMs)
  expect(errors).toHaveLength(1)
})

test('a lost main is not asked by the heartbeat', async () => {
  const { pings } = open(never)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(pings()).toBe(1)
})

test('a machine that slept between question and answer says nothing about main', async () => {
  const { errors } = open(never)
  await vi.advanceTimersByTimeAsync(beatMs)
  vi.setSystemTime(Date.now() + 3_600_000)
  await vi.advanceTimersByTimeAsync(answerMs)
  expect(errors).toEqual([])
})
