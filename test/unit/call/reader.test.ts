// Single calls over REST: one reading at a time, and an end to asking for what never comes.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { createSlice } from '../../../common/kit/slice.ts'
import type { Call } from '../../../common/model/call.ts'
import { openCalls } from '../../../main/call/calls.ts'
import { createCallReader } from '../../../main/call/reader.ts'
import { createFakePlatform } from '../../support/fake-platform.ts'
import { keepScopes } from '../../support/open-scopes.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const newScope = keepScopes()
beforeEach(() => vi.useFakeTimers({ now: 1_800_000_000_000 }))
afterEach(() => vi.useRealTimers())

const unknown = new AppError('platform.notFound', { status: 404 })
const aCall = (id: string): Call => ({
  id,
  status: 'ringing',
  direction: 'outgoing',
  source: { type: 'extension', target: 'e1', targetName: '2000' },
  destination: { type: 'extension', target: 'e1', targetName: '2000' },
  chainedCallIds: [],
})

describe('reading a call', () => {
  it('is one reading for everybody who asks meanwhile', async () => {
    const asked: string[] = []
    const taken: string[] = []
    const get = async (id: string) => {
      asked.push(id)
      if (asked.length < 3) throw unknown
      return aCall(id)
    }
    const reader = createCallReader(newScope(), get, ({ id }) => void taken.push(id))
    const both = Promise.all([reader.read('c1'), reader.read('c1')])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await both).toEqual([aCall('c1'), aCall('c1')])
    expect([asked.length, taken]).toEqual([3, ['c1']])
    await reader.read('c1')
    expect(asked).toHaveLength(4)
  })

  it('is given up a minute after it was first unknown, until something is heard of it', async () => {
    const reader = createCallReader(
      newScope(),
      async () => {
        throw unknown
      },
      () => {},
    )
    const reading = reader.read('c1')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await reading).toBeUndefined()
    expect(reader.isGivenUp('c1')).toBe(false)
    await vi.advanceTimersByTimeAsync(55_000)
    expect(reader.isGivenUp('c1')).toBe(true)
    reader.heardOf('c1')
    expect(reader.isGivenUp('c1')).toBe(false)
  })
})

it('a leg that stays unknown while events are away is asked for a minute and no longer', async () => {
  const platform = createFakePlatform()
  platform.rows.groupcalls.push({ id: 'g1', status: 'progressing', callIds: ['gone'], groupcallIds: [] })
  platform.answer('calls.get', () => {
    throw unknown
  })
  const { log } = createQuietLog()
  const slice = createSlice<Record<string, Call>>({})
  const calls = openCalls(newScope(), { platform, slice, log, isDeaf: () => true })
  const extension = { id: 'e1', extension: '2000' }
  await calls.placeTest({ language: 'en-GB', extension, sourceNumber: '', numbers: [] })
  const asked = () => platform.asked.filter(({ name }) => name === 'calls.get').length
  await vi.advanceTimersByTimeAsync(70_000)
  const untilThen = asked()
  expect(untilThen).toBeGreaterThan(10)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(asked()).toBe(untilThen)
})
