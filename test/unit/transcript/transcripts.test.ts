// Transcripts: to the right call, in order, once, with interim text replaced and gaps filled.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import type { TranscriptEntry } from '../../../common/model/transcript.ts'
import type { PlatformEvent } from '../../../main/platform/platform.ts'
import { openTranscripts } from '../../../main/transcript/transcripts.ts'
import { createFakePlatform } from '../../support/fake-platform.ts'
import { keepScopes } from '../../support/open-scopes.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const newScope = keepScopes()
const at = 1_800_000_000_000
beforeEach(() => vi.useFakeTimers({ now: at }))
afterEach(() => vi.useRealTimers())

function setUp(isDeaf = () => false, isNeverTold = () => false) {
  const platform = createFakePlatform()
  const transcripts = openTranscripts(newScope(), {
    platform,
    log: createQuietLog().log,
    isDeaf,
    isNeverTold,
  })
  const told: Array<[string, TranscriptEntry[]]> = []
  transcripts.onEntries((callId, entries) => told.push([callId, entries]))
  const texts = (callId = 'c1') =>
    transcripts
      .entries(callId)
      .map((entry) => (entry.kind === 'line' ? `${entry.direction} ${entry.text}` : 'gap'))
  const asked = (name: string) => platform.asked.filter((each) => each.name === name).length
  return { platform, transcripts, told, texts, asked }
}

const transcribe = (id = 't1', referenceId = 'c1') => ({
  id,
  referenceType: 'call',
  referenceId,
  status: 'progressing' as const,
  language: 'en-US',
})
const started = (id?: string, referenceId?: string): PlatformEvent => ({
  kind: 'transcribe',
  type: 'transcribe_created',
  transcribe: transcribe(id, referenceId),
})
const row = (id: string, ms = 0, direction: 'in' | 'out' = 'out', transcribeId = 't1') => ({
  id,
  transcribeId,
  direction,
  text: `text ${id}`,
  createdAt: at + ms,
})
const final = (...args: Parameters<typeof row>): PlatformEvent => ({
  kind: 'transcript',
  type: 'transcript_created',
  transcript: row(...args),
})
const interim = (text: string, ms = 0, direction: 'in' | 'out' = 'out'): PlatformEvent => ({
  kind: 'speech',
  phase: 'interim',
  transcribeId: 't1',
  direction,
  text,
  at: at + ms,
})

describe('lines', () => {
  it('[C.10] of an agent, whom no event tells of them, are read all the time until the call is over', async () => {
    const { platform, transcripts, texts } = setUp(
      () => false,
      () => true,
    )
    transcripts.follow('c1')
    platform.rows.transcribes.push(transcribe())
    platform.rows.transcripts.push(row('a'))
    await vi.advanceTimersByTimeAsync(3_000)
    expect(texts()).toEqual(['out text a'])
    platform.rows.transcripts.push(row('b', 10))
    await vi.advanceTimersByTimeAsync(3_000)
    expect(texts()).toEqual(['out text a', 'out text b'])
    platform.rows.transcripts.push(row('c', 20))
    transcripts.takeCall({ id: 'c1', status: 'hangup' })
    await vi.advanceTimersByTimeAsync(11_000)
    expect(texts()).toEqual(['out text a', 'out text b', 'out text c'])
  })
  it('are ordered by the time of the platform, whatever order they come in', () => {
    const { transcripts, texts } = setUp()
    for (const event of [started(), final('b', 20), final('a', 10), final('c', 30)]) transcripts.take(event)
    expect(texts()).toEqual(['out text a', 'out text b', 'out text c'])
  })
  it('come once, however often the platform says them', () => {
    const { transcripts, texts } = setUp()
    for (const event of [started(), final('a'), final('a')]) transcripts.take(event)
    expect(texts()).toEqual(['out text a'])
  })
  it('come once when the event named no id and REST does, whichever is first', async () => {
    const unnamed = (id: string, ms: number): PlatformEvent => ({
      kind: 'transcript',
      type: 'transcript_created',
      transcript: { ...row(id, ms), id: `t1/out/${at + ms}`, unnamed: true },
    })
    const { platform, transcripts, texts } = setUp()
    transcripts.follow('c1')
    for (const event of [started(), unnamed('a', 10), final('b', 20)]) transcripts.take(event)
    platform.rows.transcribes.push(transcribe())
    platform.rows.transcripts.push(row('a', 10), row('b', 20))
    transcripts.markGap(at + 30)
    await transcripts.fillGap(at + 30, at + 40)
    await transcripts.fillGap(at + 30, at + 40)
    transcripts.take(unnamed('b', 20))
    expect(texts().filter((text) => text !== 'gap')).toEqual(['out text a', 'out text b'])
  })
  it('that say the same twice are two, also when one of them had no id', () => {
    const same = (id: string, ms: number, unnamed?: boolean): PlatformEvent => ({
      kind: 'transcript',
      type: 'transcript_created',
      transcript: { ...row(id, ms), text: 'yes', ...(unnamed ? { unnamed } : {}) },
    })
    const { transcripts, texts } = setUp()
    const events = [
      started(),
      same('x', 10, true),
      same('y', 10),
      same('z', 10),
      same('y', 10),
      same('q', 15),
    ]
    for (const event of events) transcripts.take(event)
    expect(texts()).toEqual(['out yes', 'out yes', 'out yes'])
  })
  it('wait for their call to be known, up to 10 s', async () => {
    const { transcripts, texts } = setUp()
    transcripts.take(final('a'))
    await vi.advanceTimersByTimeAsync(200)
    transcripts.take(started())
    expect(texts()).toEqual(['out text a'])
  })
  it('ask the platform for their call when no event names it', async () => {
    const { platform, transcripts, texts, asked } = setUp()
    platform.rows.transcribes.push(transcribe())
    transcripts.take(final('a'))
    transcripts.take(final('b', 1))
    await vi.advanceTimersByTimeAsync(400)
    expect(texts()).toEqual(['out text a', 'out text b'])
    expect(asked('transcribes.get')).toBe(1)
  })
  it('are dropped when nobody knows their call after 10 s', async () => {
    const { transcripts, texts } = setUp()
    transcripts.take(final('a'))
    await vi.advanceTimersByTimeAsync(10_000)
    transcripts.take(started())
    expect(texts()).toEqual([])
  })
  it('of a call that nobody follows are not told, but are there when it turns out to be ours', () => {
    const { transcripts, told } = setUp()
    for (const event of [started(), final('a')]) transcripts.take(event)
    expect(told).toEqual([])
    transcripts.follow('c1')
    expect(told.map(([callId, entries]) => [callId, entries.length])).toEqual([['c1', 1]])
  })
  it('are kept for the last 20 calls, those that we follow above all', () => {
    const { transcripts, texts } = setUp()
    transcripts.follow('c1')
    for (const event of [started(), final('a')]) transcripts.take(event)
    for (let other = 0; other < 30; other++) {
      transcripts.take(started(`other${other}`, `call${other}`))
      transcripts.take(final(`x${other}`, 0, 'out', `other${other}`))
    }
    expect(texts('c1')).toEqual(['out text a'])
    expect(texts('call0')).toEqual([])
    expect(texts('call29')).toEqual(['out text x29'])
  })
})

describe('interim text', () => {
  it('is one line a direction, replaced in place and then by its final', () => {
    const { transcripts, texts } = setUp()
    const events = [started(), interim('one', 0), interim('mine', 5, 'in'), interim('one two', 10)]
    for (const event of events) transcripts.take(event)
    expect(texts()).toEqual(['out one two', 'in mine'])
    transcripts.take(final('f', 20))
    expect(texts()).toEqual(['out text f', 'in mine'])
  })
  it('settles where it stood: the final has the place and the name of its utterance, and the next one others', () => {
    const { transcripts } = setUp()
    for (const event of [started(), interim('one'), final('mine', 10, 'in'), final('f', 20)])
      transcripts.take(event)
    const slots = () =>
      transcripts.entries('c1').map((entry) => entry.kind === 'line' && [entry.slot, entry.id])
    expect(slots()).toEqual([
      [`t1-out-${at}`, 'f'],
      [undefined, 'mine'],
    ])
    transcripts.take(interim('two', 30))
    expect(slots()[2]).toEqual([`t1-out-${at + 30}`, 'interim-t1-out'])
  })
  it('has the language of its transcription, and so has its final', () => {
    const { transcripts } = setUp()
    transcripts.take({ ...started(), transcribe: { ...transcribe(), language: 'ko-KR' } } as PlatformEvent)
    const languages = () =>
      transcripts.entries('c1').map((entry) => (entry.kind === 'line' ? entry.language : 'gap'))
    transcripts.take(interim('one'))
    expect(languages()).toEqual(['ko-KR'])
    transcripts.take(final('f', 20))
    expect(languages()).toEqual(['ko-KR'])
  })
  it('does not come back when it arrives after its final', () => {
    const { transcripts, texts } = setUp()
    for (const event of [started(), final('f', 20), interim('late', 10)]) transcripts.take(event)
    expect(texts()).toEqual(['out text f'])
  })
  it('stays as it was when the call ends without a final', async () => {
    const { transcripts } = setUp()
    transcripts.follow('c1')
    for (const event of [started(), interim('last words')]) transcripts.take(event)
    transcripts.takeCall({ id: 'c1', status: 'hangup' })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(transcripts.entries('c1')).toMatchObject([{ text: 'last words', status: 'final' }])
  })
})

describe('a gap in the events', () => {
  it('is marked at once and filled over REST when events flow again', async () => {
    const { platform, transcripts, texts } = setUp()
    transcripts.follow('c1')
    for (const event of [started(), final('a', 10)]) transcripts.take(event)
    transcripts.markGap(at + 20)
    expect(texts()).toEqual(['out text a', 'gap'])
    platform.rows.transcribes.push(transcribe())
    platform.rows.transcripts.push(row('a', 10), row('b', 30))
    await transcripts.fillGap(at + 20, at + 40)
    expect(texts()).toEqual(['out text a', 'gap', 'out text b'])
    expect(transcripts.entries('c1')[1]).toMatchObject({ filled: 1, endedAt: at + 40 })
    expect(transcripts.entries('c1')[2]).toMatchObject({ source: 'rest' })
  })
  it('counts what was read over REST while it was open, too', async () => {
    let deaf = false
    const { platform, transcripts } = setUp(() => deaf)
    transcripts.follow('c1')
    transcripts.take(started())
    deaf = true
    transcripts.markGap(at + 20)
    platform.rows.transcribes.push(transcribe())
    platform.rows.transcripts.push(row('b', 30))
    await vi.advanceTimersByTimeAsync(2_500)
    deaf = false
    await transcripts.fillGap(at + 20, at + 3_000)
    expect(transcripts.entries('c1')[0]).toMatchObject({ kind: 'gap', filled: 1, endedAt: at + 3_000 })
  })
  it('is one, however often the socket is lost before it is filled', () => {
    const { transcripts, texts } = setUp()
    transcripts.follow('c1')
    transcripts.markGap(at)
    transcripts.markGap(at + 5)
    expect(texts()).toEqual(['gap'])
  })
  it('stays open while what was missed cannot be read, and is closed by the reading that works', async () => {
    const { platform, transcripts, texts } = setUp()
    platform.rows.transcribes.push(transcribe())
    platform.rows.transcripts.push(row('b', 30))
    platform.fail('transcribes.ofCall', new AppError('network.unreachable'), { times: 2 })
    transcripts.follow('c1')
    transcripts.take(started())
    transcripts.markGap(at + 20)
    await transcripts.fillGap(at + 20, at + 40)
    expect(transcripts.entries('c1')[0]).not.toHaveProperty('endedAt')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(texts()).toEqual(['gap', 'out text b'])
    expect(transcripts.entries('c1')[0]).toMatchObject({ filled: 1, endedAt: at + 40 })
  })
  it('is not closed by an old reading when events are lost again meanwhile', async () => {
    let deaf = false
    const { transcripts } = setUp(() => deaf)
    transcripts.follow('c1')
    transcripts.take(started())
    transcripts.markGap(at + 20)
    const filling = transcripts.fillGap(at + 20, at + 40)
    deaf = true
    await filling
    expect(transcripts.entries('c1')[0]).not.toHaveProperty('endedAt')
    deaf = false
    await transcripts.fillGap(at + 50, at + 60)
    expect(transcripts.entries('c1')[0]).toMatchObject({ endedAt: at + 60 })
  })
  it('leaves the lines readable when REST fails too', async () => {
    const { platform, transcripts, texts } = setUp()
    platform.answer('transcribes.ofCall', () => {
      throw new Error('down')
    })
    transcripts.follow('c1')
    transcripts.take(started())
    transcripts.take(final('a', -10))
    transcripts.markGap(at)
    await transcripts.fillGap(at, at + 10)
    expect(texts()).toEqual(['out text a', 'gap'])
  })
})

describe('the end of a call', () => {
  it('is followed by a tail of 10 s and one last look', async () => {
    const { platform, transcripts, texts, asked } = setUp()
    transcripts.follow('c1')
    transcripts.take(started())
    transcripts.takeCall({ id: 'c1', status: 'hangup' })
    await vi.advanceTimersByTimeAsync(4000)
    transcripts.take(final('late', 1))
    expect(texts()).toEqual(['out text late'])
    platform.rows.transcripts.push(row('late', 1), row('missed', 2))
    await vi.advanceTimersByTimeAsync(6000)
    expect(texts()).toEqual(['out text late', 'out text missed'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked('transcripts.list')).toBe(1)
  })
})

it('without events the lines are read over REST', async () => {
  const { platform, transcripts, texts } = setUp(() => true)
  platform.rows.transcribes.push(transcribe())
  transcripts.follow('c1')
  platform.rows.transcripts.push(row('a'))
  await vi.advanceTimersByTimeAsync(2500)
  expect(texts()).toEqual(['out text a'])
})

it('a followed call whose transcription no event announced is looked up', async () => {
  const { platform, transcripts, texts } = setUp()
  platform.rows.transcribes.push(transcribe())
  platform.rows.transcripts.push(row('a'))
  transcripts.follow('c1')
  await vi.advanceTimersByTimeAsync(1000)
  expect(texts()).toEqual(['out text a'])
})

describe('many calls', () => {
  it('the one after the limit is followed like those before, and the oldest is forgotten', async () => {
    const { platform, transcripts, texts, asked } = setUp()
    for (let n = 1; n <= 21; n++) {
      transcripts.follow(`c${n}`)
      // Everything that changes at the phone follows again.
      transcripts.follow(`c${n}`)
      transcripts.take(started(`t${n}`, `c${n}`))
      transcripts.take(final(`l${n}`, 0, 'out', `t${n}`))
      transcripts.takeCall({ id: `c${n}`, status: 'hangup' })
    }
    expect(texts('c21')).toEqual(['out text l21'])
    expect(Object.keys(transcripts.all())).toHaveLength(20)
    platform.rows.transcripts.push(row('late', 5, 'out', 't1'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(texts('c1')).toEqual([])
    // One last look each, the forgotten one excepted.
    expect(asked('transcribes.ofCall')).toBe(20)
  })
  it('looks that are not answered do not pile up', async () => {
    const { platform, transcripts, asked } = setUp(() => true)
    platform.answer('transcribes.ofCall', () => new Promise(() => {}))
    transcripts.follow('c1')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked('transcribes.ofCall')).toBe(1)
  })
})
