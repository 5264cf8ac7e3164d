// Wishes from outside the window: kept until they are done, and nothing else.
import { expect, test } from 'vitest'
import { createSlice } from '../../../common/kit/slice.ts'
import { initialOutside, type Outside, type Wish } from '../../../common/model/wish.ts'
import { createDesk } from '../../../main/desk.ts'
import type { RingingFeature } from '../../../main/ringing/ringing.ts'
import { createWishes } from '../../../main/wishes.ts'

function setUp() {
  const wishes = createSlice<Wish[]>([])
  const outside = createSlice<Outside>(initialOutside)
  const codes: string[] = []
  const feature = createWishes(wishes)
  const desk = createDesk({
    ringing: {} as RingingFeature['desk'],
    wishes: feature,
    outside,
    notice: ({ code, detail }) => void codes.push(`${code} ${detail ?? ''}`),
  })
  return { desk, feature, codes, wishes: wishes.get, outside: outside.get }
}

test('a link waits, read, for the window, and is gone when that has done it', () => {
  const { desk, feature, wishes } = setUp()
  desk.openLink('tel:+49-30-123456;ext=1')
  expect(wishes()).toMatchObject([{ kind: 'dial', target: '+4930123456' }])
  desk.run('call.mute')
  feature.done(wishes()[0]?.id ?? 0)
  expect(wishes()).toMatchObject([{ kind: 'action', action: 'call.mute' }])
})

test('a link that names nobody is told without a word of it', () => {
  const { desk, wishes, codes } = setUp()
  desk.openLink('tel:%00secret')
  desk.openLink('file:///etc/passwd')
  expect(wishes()).toEqual([])
  expect(codes).toEqual(['app.linkRefused ', 'app.linkRefused '])
})

test('a flood of links keeps the last ten', () => {
  const { desk, wishes } = setUp()
  for (let i = 0; i < 50; i++) desk.openLink(`tel:${2_000 + i}`)
  expect(wishes()).toHaveLength(10)
  expect(wishes().at(-1)).toMatchObject({ target: '2049' })
})

test('what the shell has is kept side by side', () => {
  const { desk, outside } = setUp()
  desk.outside({ links: 'on' })
  desk.outside({ keys: 'on', taken: ['call.mute'] })
  expect(outside()).toEqual({ links: 'on', keys: 'on', taken: ['call.mute'] })
})
