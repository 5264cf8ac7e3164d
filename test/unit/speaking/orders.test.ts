// The whole of a call's speaking under orders of events that nobody thought of: requests that fail or get lost, sound,
// lines, silence, another voice, the other side.
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { createScope } from '../../../common/kit/scope.ts'
import { createSlice } from '../../../common/kit/slice.ts'
import type { SpeakItem, Speaking } from '../../../common/model/speaking.ts'
import { openSpeakings } from '../../../main/speaking/speakings.ts'
import { createFakePlatform } from '../../support/fake-platform.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

beforeEach(() => vi.useFakeTimers({ now: 1_800_000_000_000 }))
afterEach(() => vi.useRealTimers())

const at = fc.nat({ max: 12 })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('say' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(10, 300, 900, 4_000) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('sound' as const),
      edge: fc.constantFrom<'start' | 'end'>('start', 'end'),
    }),
  },
  fc.record({
    do: fc.constant('line' as const),
    at,
    status: fc.constantFrom<'interim' | 'final'>('interim', 'final'),
  }),
  fc.record({ do: fc.constant('other' as const) }),
  fc.record({ do: fc.constantFrom('flush' as const, 'silence' as const, 'stop' as const) }),
  fc.record({ do: fc.constant('again' as const), at }),
  fc.record({ do: fc.constant('voice' as const), at }),
  fc.record({
    do: fc.constant('fail' as const),
    request: fc.constantFrom('create', 'say', 'flush', 'stop', 'remove'),
    code: fc.constantFrom(
      'platform.notFound' as const,
      'platform.broken' as const,
      'network.timeout' as const,
    ),
    after: fc.boolean(),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

function openWorld() {
  const platform = createFakePlatform()
  const slice = createSlice<Record<string, Speaking>>({})
  const scope = createScope('signed in')
  let sounding = false
  const speakings = openSpeakings(scope, {
    platform,
    slice,
    log: createQuietLog().log,
    voice: () => ({ language: 'en-US', provider: 'gcp', voiceId: '', heardBy: 'both' }),
    isAlone: () => false,
    undoMs: () => 0,
    bargeIn: () => true,
    isSounding: () => sounding,
    isHeld: () => false,
  })
  speakings.prepare('c1', 's1')
  const items = () => slice.get().c1?.items ?? []
  const line = (text: string, status: 'interim' | 'final') =>
    speakings.takeLine({
      kind: 'line',
      id: `${status} ${text}`,
      callId: 'c1',
      transcribeId: 't1',
      direction: 'out',
      text,
      status,
      createdAt: Date.now(),
      arrivedAt: Date.now(),
      source: 'event',
    })
  return {
    platform,
    scope,
    speakings,
    items,
    line,
    sound(edge: 'start' | 'end') {
      sounding = edge === 'start'
      speakings.takeSound({ sessionId: 's1', where: 'ear', edge, at: Date.now() })
    },
  }
}
type World = ReturnType<typeof openWorld>

async function run(world: World, one: Step, said: string[]): Promise<void> {
  const { platform, speakings, items, line, sound } = world
  const item = 'at' in one ? items()[one.at] : undefined
  const quietly = (work: Promise<unknown>) => void work.catch(() => {})
  switch (one.do) {
    case 'say':
      said.push(`word${said.length} alpha${said.length} omega${said.length}`)
      speakings.say('c1', said.at(-1) ?? '')
      break
    case 'pass':
      await vi.advanceTimersByTimeAsync(one.ms)
      break
    case 'sound':
      sound(one.edge)
      break
    case 'line':
      if (item) line(item.text, one.status)
      break
    case 'other':
      line('wait a moment please', 'interim')
      break
    case 'again':
      if (item && ['failed', 'flushed', 'interrupted'].includes(item.status)) speakings.again('c1', item.id)
      break
    case 'voice':
      speakings.choose('c1', { voiceId: `voice ${one.at}` })
      break
    case 'fail':
      platform.fail(`speakings.${one.request}`, new AppError(one.code), { after: one.after })
      break
    default:
      quietly(speakings[one.do]('c1'))
  }
  await vi.advanceTimersByTimeAsync(0)
}

/** Whether the platform ever answered that it has it. */
const wasTaken = ({ status, heardAt }: SpeakItem) =>
  ['queued', 'speaking', 'heard', 'transcribed'].includes(status) || heardAt !== undefined

test('each text is there to the end, is said again only when it was refused or asked for, and none jumps the queue', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const world = openWorld()
      const said: string[] = []
      let agains = 0
      let refusals = 0
      for (const one of steps) {
        const before = world.items()
        await run(world, one, said)
        if (one.do === 'again' && world.items() !== before) agains++
        if (one.do === 'fail' && one.request === 'say' && one.code === 'platform.notFound') refusals++
        expect(
          world
            .items()
            .map(({ text }) => text)
            .sort(),
        ).toEqual([...said].sort())
        const sending = world.items().filter(({ status }) => status === 'sending')
        expect(sending.length).toBeLessThan(2)
      }
      // Whatever happened: silence, and time to say what is left.
      world.sound('end')
      await vi.advanceTimersByTimeAsync(120_000)
      const open = world.items().filter(({ status }) => status === 'waiting' || status === 'sending')
      expect(open).toEqual([])
      const sent = world.platform.asked.filter(({ name }) => name === 'speakings.say').length
      expect(sent).toBeLessThanOrEqual(said.length + agains + refusals)
      expect(world.items().filter(wasTaken).length).toBeLessThanOrEqual(sent)
      await world.scope.end()
      expect(vi.getTimerCount()).toBe(0)
      expect(world.platform.rows.speakings.filter(({ status }) => status !== 'stopped').length).toBeLessThan(
        3,
      )
    }),
    { numRuns: 150 },
  )
})
