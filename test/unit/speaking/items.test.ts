// The queue of a call as a machine: whatever happens in whatever order, no text is lost, none is said twice, none goes back.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUnderWay, type SpeakItem, type SpeakItemStatus } from '../../../common/model/speaking.ts'
import {
  nextItem,
  withAgain,
  withCut,
  withHold,
  withMoved,
  withNew,
  without,
  withStatus,
  withText,
} from '../../../main/speaking/items.ts'

const newOnes = (...texts: string[]) => texts.map((text) => ({ id: text, text }))
const texts = (items: readonly SpeakItem[]) => items.map(({ text }) => text)

/** What may follow what. */
const forward: Record<SpeakItemStatus, readonly SpeakItemStatus[]> = {
  waiting: ['sending', 'flushed', 'interrupted', 'failed'],
  sending: ['queued', 'speaking', 'heard', 'transcribed', 'flushed', 'interrupted', 'failed'],
  queued: ['speaking', 'heard', 'transcribed', 'flushed', 'interrupted', 'failed'],
  speaking: ['heard', 'transcribed', 'flushed', 'interrupted', 'failed'],
  heard: ['transcribed', 'failed'],
  transcribed: [],
  failed: ['transcribed'],
  flushed: [],
  interrupted: [],
}

const proof = fc.constantFrom<SpeakItemStatus>(
  'sending',
  'queued',
  'speaking',
  'heard',
  'transcribed',
  'failed',
)
const at = fc.nat({ max: 30 })
const step = fc.oneof(
  fc.record({ do: fc.constant('add' as const), undoMs: fc.constantFrom(0, 2_000) }),
  fc.record({ do: fc.constant('next' as const) }),
  fc.record({ do: fc.constant('proof' as const), at, status: proof }),
  fc.record({ do: fc.constant('edit' as const), at }),
  fc.record({ do: fc.constant('hold' as const), at, held: fc.boolean() }),
  fc.record({ do: fc.constant('move' as const), at, by: fc.constantFrom<1 | -1>(1, -1) }),
  fc.record({ do: fc.constant('remove' as const), at }),
  fc.record({ do: fc.constant('again' as const), at }),
  fc.record({
    do: fc.constant('cut' as const),
    as: fc.constantFrom<'flushed' | 'interrupted'>('flushed', 'interrupted'),
  }),
  fc.record({ do: fc.constant('wait' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Every text has a name that outlives editing and saying again, so that it can be counted. */
interface World {
  items: SpeakItem[]
  now: number
  made: number
  /** Texts that stood in the queue, and those that a person took out of it. */
  given: string[]
  taken: string[]
  /** Ids as they were sent. */
  sent: string[]
}

const nameOf = (text: string) => text.split('!')[0] ?? ''

function run(world: World, one: Step): World {
  const pick = 'at' in one ? world.items[one.at] : undefined
  const id = pick?.id ?? 'nobody'
  const attempt = (change: () => SpeakItem[]): World => {
    try {
      return { ...world, items: change() }
    } catch {
      return world
    }
  }
  switch (one.do) {
    case 'add': {
      const text = `text ${world.made}`
      const items = withNew(world.items, [{ id: `id ${world.made}`, text }], world.now, one.undoMs)
      return { ...world, items, made: world.made + 1, given: [...world.given, text] }
    }
    case 'next': {
      const next = nextItem(world.items, world.now)
      if (next?.status !== 'go' || world.items.some(isUnderWay)) return world
      return {
        ...world,
        items: withStatus(world.items, next.item.id, 'sending'),
        sent: [...world.sent, next.item.id],
      }
    }
    case 'proof':
      // Of something that was not sent there is no proof.
      return world.sent.includes(id) ? { ...world, items: withStatus(world.items, id, one.status) } : world
    case 'edit':
      return attempt(() => withText(world.items, id, [{ id, text: `${pick?.text}!` }]))
    case 'hold':
      return attempt(() => withHold(world.items, id, one.held))
    case 'move':
      return attempt(() => withMoved(world.items, id, one.by))
    case 'remove': {
      const next = attempt(() => without(world.items, id))
      const isOut = next.items.length < world.items.length
      return isOut ? { ...next, taken: [...world.taken, nameOf(pick?.text ?? '')] } : world
    }
    case 'again': {
      const next = attempt(() => withAgain(world.items, id, `id ${world.made}`, world.now))
      return next === world ? world : { ...next, made: world.made + 1 }
    }
    case 'cut':
      return { ...world, items: withCut(world.items, one.as, world.items.find(isUnderWay)?.id) }
    case 'wait':
      return { ...world, now: world.now + 3_000 }
  }
}

const start: World = { items: [], now: 1_000, made: 0, given: [], taken: [], sent: [] }

test('no text is lost, none goes out twice by itself, and states only move forward', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      let world = start
      for (const one of steps) {
        const before = world
        world = run(before, one)
        const names = world.items.map(({ text }) => nameOf(text))
        expect([...names, ...world.taken].sort()).toEqual([...world.given].sort())
        expect(new Set(world.sent).size).toBe(world.sent.length)
        expect(new Set(world.items.map(({ id }) => id)).size).toBe(world.items.length)
        expect(world.items.filter(isUnderWay).length).toBeLessThan(2)
        for (const item of world.items) {
          const was = before.items.find(({ id }) => id === item.id)
          if (was && was.status !== item.status) expect(forward[was.status]).toContain(item.status)
          // What went out is what stood there: its text does not change any more.
          if (was && was.status !== 'waiting') expect(item.text).toBe(was.text)
        }
      }
    }),
    { numRuns: 400 },
  )
})

test('an item waits behind one that is edited, and behind one that can still be taken back', () => {
  const items = withNew(withNew([], newOnes('one'), 1_000, 3_000), newOnes('two'), 1_000)
  expect(nextItem(items, 1_000)).toEqual({ status: 'later', atMs: 4_000 })
  expect(nextItem(items, 4_000)).toMatchObject({ status: 'go', item: { text: 'one' } })
  expect(nextItem(withHold(items, 'one', true), 4_000)).toBeUndefined()
  expect(nextItem(withText(withHold(items, 'one', true), 'one', newOnes('uno')), 4_000)).toMatchObject({
    item: { text: 'uno' },
  })
})

test('those that wait change places with each other only', () => {
  const items = withStatus(withNew([], newOnes('said', 'two', 'three'), 1_000), 'said', 'sending')
  expect(texts(withMoved(items, 'three', -1))).toEqual(['said', 'three', 'two'])
  expect(texts(withMoved(items, 'two', -1))).toEqual(['said', 'two', 'three'])
  expect(() => withMoved(items, 'said', 1)).toThrow(expect.objectContaining({ code: 'speaking.tooLate' }))
})

test('one that was cut is said again as a new one at the end', () => {
  const cut = withCut(withStatus(withNew([], newOnes('one', 'two'), 1_000), 'one', 'sending'), 'interrupted')
  expect(cut.map(({ status }) => status)).toEqual(['interrupted', 'interrupted'])
  const again = withAgain(cut, 'one', 'new', 2_000)
  expect(again.map(({ id, text, status }) => [id, text, status])).toEqual([
    ['two', 'two', 'interrupted'],
    ['new', 'one', 'waiting'],
  ])
  expect(() => withAgain(again, 'new', 'newer', 2_000)).toThrow()
})

test('of more than 200 the oldest that are done go, never one that waits', () => {
  const first = withNew([], newOnes('old'), 1_000)
  const done = withStatus(withStatus(first, 'old', 'sending'), 'old', 'transcribed')
  const many = withNew(done, newOnes(...Array.from({ length: 250 }, (_, n) => `text ${n}`)), 2_000)
  expect(many).toHaveLength(250)
  expect(texts(many)).not.toContain('old')
})
