// The test call is placed by the account that asked for it, or not at all.
import { expect, it } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { defaultSettings } from '../../../common/model/settings.ts'
import type { Calls } from '../../../main/call/calls.ts'
import { createPlacing } from '../../../main/place-test.ts'
import { createFakePlatform } from '../../support/fake-platform.ts'

function aHouse(more: { mayCall?: () => Promise<void>; newest?: () => Promise<[]> } = {}) {
  const placed: string[] = []
  const callsOf = (whose: string): Pick<Calls, 'placeTest' | 'placeThrough'> => ({
    placeThrough: () => Promise.reject(new AppError('app.unexpected')),
    async placeTest() {
      placed.push(whose)
      throw new AppError('network.timeout')
    },
  })
  const ours = callsOf('ours')
  const theirs = callsOf('theirs')
  let now = ours
  const enter = () => {
    now = theirs
  }
  const { test: place } = createPlacing({
    settings: () => defaultSettings,
    extension: () => ({
      status: 'ready',
      id: 'e1',
      extension: 'desk1',
      domain: 'd',
      outcome: 'found',
      provenAt: 0,
    }),
    calls: () => now,
    account: { mayCall: more.mayCall ?? (async () => {}), platform: createFakePlatform },
    numbers: { newest: more.newest ?? (async () => []) },
    expectOwnCall: () => {
      placed.push('expected')
      return () => void placed.push('forgotten')
    },
    isRegistered: () => true,
  })
  return { place, placed, enter }
}

it('is expected to ring, and placed', async () => {
  const { place, placed } = aHouse()
  await expect(place()).rejects.toMatchObject({ code: 'network.timeout' })
  expect(placed).toEqual(['expected', 'ours', 'forgotten'])
})

it.each(['mayCall', 'newest'] as const)('is not placed when somebody else is here after %s', async (late) => {
  let enter = () => {}
  const house = aHouse({
    [late]: async () => {
      enter()
      return []
    },
  })
  enter = house.enter
  await expect(house.place()).rejects.toMatchObject({ code: 'app.stopped' })
  expect(house.placed).toEqual([])
})
