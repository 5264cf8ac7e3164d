// Speaking into a call: the session on the platform, the queue, and how each item is heard and transcribed.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import { createSlice } from '../../../common/kit/slice.ts'
import type { Call } from '../../../common/model/call.ts'
import type { Speaking, SpeakVoice } from '../../../common/model/speaking.ts'
import type { TranscriptLine } from '../../../common/model/transcript.ts'
import { openSpeakings } from '../../../main/speaking/speakings.ts'
import { createFakePlatform } from '../../support/fake-platform.ts'
import { keepScopes } from '../../support/open-scopes.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const newScope = keepScopes()
beforeEach(() => vi.useFakeTimers({ now: 1_800_000_000_000 }))
afterEach(() => vi.useRealTimers())

function setUp() {
  const platform = createFakePlatform()
  const slice = createSlice<Record<string, Speaking>>({})
  const sounding = new Set<string>()
  const scope = newScope('signed in')
  const own = { voice: {} as Partial<SpeakVoice>, alone: false, undoMs: 0, bargeIn: false, held: false }
  const speakings = openSpeakings(scope, {
    platform,
    slice,
    log: createQuietLog().log,
    voice: () => ({ language: 'en-US', provider: 'gcp', voiceId: '', heardBy: 'you', ...own.voice }),
    isAlone: () => own.alone,
    undoMs: () => own.undoMs,
    bargeIn: () => own.bargeIn,
    isSounding: (id) => sounding.has(id),
    isHeld: () => own.held,
  })
  const ear = (edge: 'start' | 'end', at = Date.now()) => {
    if (edge === 'start') sounding.add('s1')
    else sounding.delete('s1')
    speakings.takeSound({ sessionId: 's1', where: 'ear', edge, at })
  }
  const out = (text: string, more: Partial<TranscriptLine> = {}) =>
    speakings.takeLine({
      kind: 'line',
      id: text,
      callId: 'c1',
      transcribeId: 't1',
      direction: 'out',
      text,
      status: 'final',
      createdAt: Date.now(),
      arrivedAt: Date.now(),
      source: 'event',
      ...more,
    })
  const asked = (name: string) => platform.asked.filter((each) => each.name === `speakings.${name}`)
  const state = (): Speaking =>
    slice.get().c1 ?? {
      callId: 'c1',
      session: { status: 'off' },
      items: [],
      voice: { language: '', provider: '', voiceId: '', heardBy: 'you' },
    }
  const statuses = () => state().items.map(({ status }) => status)
  const soon = () => vi.advanceTimersByTimeAsync(0)
  return { platform, scope, own, speakings, ear, out, asked, state, statuses, soon }
}

const refusal = (code: 'platform.broken' | 'platform.notFound', status: number) =>
  new AppError(code, { status })

describe('the speaking session', () => {
  it('is made when the call is up, before anything is said, with direction out', async () => {
    const { speakings, asked, state, soon } = setUp()
    speakings.prepare('c1', 's1')
    await soon()
    expect(asked('create').map(({ args }) => args[0])).toEqual([
      { callId: 'c1', language: 'en-US', direction: 'out', provider: 'gcp' },
    ])
    expect(state().session.status).toBe('active')
  })
  it('is one for a call, however often it is prepared', async () => {
    const { speakings, asked, soon } = setUp()
    for (let time = 0; time < 3; time++) speakings.prepare('c1', 's1')
    speakings.say('c1', 'Hello')
    await soon()
    expect(asked('create')).toHaveLength(1)
  })
  it('is asked for every 500 ms while it is initiating', async () => {
    const { platform, speakings, state, asked, soon } = setUp()
    const row = { id: 'sp', referenceId: 'c1', status: 'initiating' as 'initiating' | 'active' }
    platform.answer('speakings.create', () => row)
    platform.rows.speakings.push(row)
    speakings.prepare('c1', 's1')
    await vi.advanceTimersByTimeAsync(1200)
    expect(state().session.status).toBe('creating')
    row.status = 'active'
    await vi.advanceTimersByTimeAsync(500)
    expect(state().session.status).toBe('active')
    expect(asked('get')).toHaveLength(3)
    await soon()
  })
  it('I.25 is made anew after 10 s of initiating, once, then given up; both are taken away', async () => {
    const { platform, speakings, state, asked } = setUp()
    platform.answer('speakings.create', () => {
      const row = { id: 'sp', referenceId: 'c1', status: 'initiating' as const }
      platform.rows.speakings.push(row)
      return row
    })
    speakings.prepare('c1', 's1')
    await vi.advanceTimersByTimeAsync(11_000)
    expect(state().session.status).toBe('creating')
    expect([asked('create').length, asked('remove').length]).toEqual([2, 1])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(state().session).toMatchObject({ status: 'failed', error: { code: 'speaking.stuck' } })
    expect([asked('create').length, asked('remove').length]).toEqual([2, 2])
  })
  it('takes away what is left of its own on this call when create answers 500, and tries once more', async () => {
    const { platform, speakings, state, asked, soon } = setUp()
    speakings.prepare('c1', 's1')
    await soon()
    const left = platform.rows.speakings[0]?.id
    platform.fail('speakings.remove', new AppError('network.timeout'))
    platform.fail('speakings.stop', new AppError('network.timeout'))
    await speakings.stop('c1')
    platform.fail('speakings.create', refusal('platform.broken', 500))
    speakings.say('c1', 'Hello')
    await soon()
    expect(asked('remove').map(({ args }) => args[0])).toEqual([left, left])
    expect(asked('create')).toHaveLength(3)
    expect(state().session.status).toBe('active')
  })
  it.each(['platform.broken', 'platform.notFound', 'platform.conflict', 'network.timeout'] as const)(
    'I.24 of somebody else is left alone, and told, when create ends in %s',
    async (code) => {
      const { platform, speakings, state, asked, soon } = setUp()
      const older = { createdAt: Date.now() - 60_000, status: 'active' as const, referenceId: 'c1' }
      platform.rows.speakings.push({ id: 'theirs', ...older })
      platform.fail('speakings.create', new AppError(code))
      speakings.prepare('c1', 's1')
      await soon()
      expect(state().session).toMatchObject({ status: 'failed', error: { code: 'speaking.taken' } })
      expect([asked('stop'), asked('remove')]).toEqual([[], []])
      expect(asked('create')).toHaveLength(1)
    },
  )
  it.each(['network.timeout', 'network.unreachable', 'platform.unavailable'] as const)(
    'adopts the session of a create whose answer was lost by %s',
    async (code) => {
      const { platform, speakings, state, asked, soon } = setUp()
      platform.fail('speakings.create', new AppError(code), { after: true })
      speakings.prepare('c1', 's1')
      await soon()
      expect(asked('create')).toHaveLength(1)
      expect(state().session).toMatchObject({ status: 'active', speakingId: platform.rows.speakings[0]?.id })
    },
  )
  it('does not adopt an older session of somebody else after a lost answer, but its own, which is newer', async () => {
    const { platform, speakings, state, asked, soon } = setUp()
    const older = { createdAt: Date.now() - 60_000, status: 'active' as const, referenceId: 'c1' }
    platform.rows.speakings.push({ id: 'theirs', ...older })
    platform.fail('speakings.create', new AppError('network.timeout'), { after: true })
    speakings.prepare('c1', 's1')
    await soon()
    const made = platform.rows.speakings.find(({ id }) => id !== 'theirs')
    expect(state().session).toMatchObject({ status: 'active', speakingId: made?.id })
    expect([asked('create').length, asked('remove').length]).toEqual([1, 0])
  })
  it('does not blame the provider when words that are said again get no answer', async () => {
    const { platform, speakings, state } = setUp()
    let said = 0
    platform.answer('speakings.say', () => {
      throw ++said === 1
        ? new AppError('platform.notFound', { status: 404 })
        : new AppError('network.timeout')
    })
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'Hello')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(state().items[0]).toMatchObject({ status: 'failed', error: { code: 'network.timeout' } })
  })
  it('fails in words when create is refused twice, and is tried again by the next say', async () => {
    const { platform, speakings, state, statuses, soon } = setUp()
    platform.fail('speakings.create', refusal('platform.broken', 500), { times: 2 })
    speakings.prepare('c1', 's1')
    await soon()
    expect(state().session).toMatchObject({
      status: 'failed',
      error: { code: 'speaking.unavailable', status: 500 },
    })
    speakings.say('c1', 'Hello')
    await soon()
    expect(statuses()).toEqual(['queued'])
  })
  it('is stopped and deleted when the call ends', async () => {
    const { platform, speakings, asked, state, soon } = setUp()
    speakings.prepare('c1', 's1')
    await soon()
    await speakings.endCall('c1')
    expect([asked('stop').length, asked('remove').length]).toEqual([1, 1])
    expect(platform.rows.speakings).toEqual([])
    expect(state().session.status).toBe('stopped')
  })
  it('does not survive a call that ended while it was being made', async () => {
    const { platform, speakings, state, soon } = setUp()
    let answer = () => {}
    platform.answer('speakings.create', () => {
      platform.rows.speakings.push({ id: 'late', referenceId: 'c1', status: 'active' })
      return new Promise((resolve) => {
        answer = () => resolve(platform.rows.speakings[0])
      })
    })
    speakings.prepare('c1', 's1')
    await soon()
    const ended = speakings.endCall('c1')
    answer()
    await ended
    expect(platform.rows.speakings).toEqual([])
    expect(state().session.status).toBe('stopped')
  })
  it('is gone from the platform when the account ends', async () => {
    const { platform, scope, speakings, soon } = setUp()
    speakings.prepare('c1', 's1')
    await soon()
    await scope.end()
    expect(platform.rows.speakings).toEqual([])
  })
  it('of earlier runs is removed where its call is over, and left where it is not', async () => {
    const { platform, speakings } = setUp()
    const row = (id: string, referenceId: string, status: 'active' | 'stopped') => ({
      id,
      referenceId,
      status,
    })
    platform.rows.speakings.push(
      row('a', 'over', 'active'),
      row('b', 'up', 'active'),
      row('c', 'unknown', 'active'),
    )
    platform.rows.calls.push(
      { id: 'over', status: 'hangup' } as Call,
      { id: 'up', status: 'progressing' } as Call,
    )
    await speakings.cleanUp()
    expect(platform.rows.speakings.map(({ id }) => id)).toEqual(['b'])
  })
})

describe('an item', () => {
  it('goes from waiting over queued, speaking and heard to transcribed', async () => {
    const { speakings, ear, out, state, statuses, soon } = setUp()
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'Good morning everybody')
    expect(statuses()).toEqual(['sending'])
    await soon()
    expect(statuses()).toEqual(['queued'])
    await vi.advanceTimersByTimeAsync(180)
    ear('start')
    expect(statuses()).toEqual(['speaking'])
    await vi.advanceTimersByTimeAsync(900)
    ear('end')
    await vi.advanceTimersByTimeAsync(900)
    expect(statuses()).toEqual(['heard'])
    out('good morning everybody')
    expect(state().items[0]).toMatchObject({ status: 'transcribed', wordsFound: 1 })
    const [{ sentAt = 0, heardAt = 0 } = {}] = state().items
    expect(heardAt - sentAt).toBe(180)
  })
  it('is not heard in sound that was there before it', async () => {
    const { speakings, ear, statuses, soon } = setUp()
    speakings.prepare('c1', 's1')
    ear('start')
    speakings.say('c1', 'Hello')
    await soon()
    ear('end')
    expect(statuses()).toEqual(['queued'])
    ear('start')
    expect(statuses()).toEqual(['speaking'])
  })
  it('ignores an edge measured before it was sent', async () => {
    const { speakings, ear, statuses, soon } = setUp()
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'Hello')
    await soon()
    ear('start', Date.now() - 50)
    expect(statuses()).toEqual(['queued'])
  })
  it('waits until the one before has been spoken', async () => {
    const { speakings, ear, asked, statuses, soon } = setUp()
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'One')
    speakings.say('c1', 'Two')
    await soon()
    ear('start')
    await vi.advanceTimersByTimeAsync(700)
    expect(statuses()).toEqual(['speaking', 'waiting'])
    ear('end')
    await vi.advanceTimersByTimeAsync(900)
    expect(statuses()).toEqual(['heard', 'queued'])
    expect(asked('say').map(({ args }) => args[1])).toEqual(['One', 'Two'])
  })
  it('I.28 transcribed and not heard: the platform spoke, its sound did not arrive', async () => {
    const { speakings, out, state, soon } = setUp()
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'Blue bananas bounce')
    await soon()
    out('blue bananas bounce')
    expect(state().items[0]).toMatchObject({ status: 'transcribed' })
    expect(state().items[0]?.error).toBeUndefined()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(state().items[0]?.error?.code).toBe('speaking.notArrived')
  })
  it('I.28 neither transcribed nor heard: the voice or its provider', async () => {
    const { speakings, state, soon } = setUp()
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'Hello')
    await soon()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(state().items[0]).toMatchObject({ status: 'failed', error: { code: 'speaking.notHeard' } })
  })
  it('is said again on a new session when the old one was lost, once', async () => {
    const { platform, speakings, asked, statuses, soon } = setUp()
    speakings.prepare('c1', 's1')
    await soon()
    platform.fail('speakings.say', refusal('platform.notFound', 404))
    speakings.say('c1', 'Hello')
    await soon()
    expect(statuses()).toEqual(['queued'])
    expect([asked('create').length, asked('say').length]).toEqual([2, 2])
  })
  it('is the provider’s fault when the new session is active and does not take it either', async () => {
    const { platform, speakings, state, soon } = setUp()
    platform.fail('speakings.say', refusal('platform.notFound', 404), { times: 2 })
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'Hello')
    await soon()
    expect(state().items[0]).toMatchObject({
      status: 'failed',
      error: { code: 'speaking.noProvider', status: 404 },
    })
  })
  it('is refused in words when nobody knows whether the session is active', async () => {
    const { platform, speakings, state, soon } = setUp()
    platform.fail('speakings.say', refusal('platform.notFound', 404), { times: 2 })
    speakings.prepare('c1', 's1')
    await soon()
    platform.fail('speakings.get', refusal('platform.notFound', 404))
    speakings.say('c1', 'Hello')
    await soon()
    expect(state().items[0]).toMatchObject({ status: 'failed', error: { code: 'speaking.refused' } })
  })
  it('joins the lines of a long text, and does not take the words of others', async () => {
    const { speakings, out, state, soon } = setUp()
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'one two three four five six')
    await soon()
    out('something else entirely')
    out('one two')
    expect(state().items[0]?.status).toBe('queued')
    out('three four')
    expect(state().items[0]).toMatchObject({ status: 'transcribed', transcriptText: 'one two three four' })
  })
  it('does not count what the person said itself; interim text says that it is being spoken', async () => {
    const { speakings, out, statuses, soon } = setUp()
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'Hello there')
    await soon()
    out('hello there', { direction: 'in' })
    expect(statuses()).toEqual(['queued'])
    out('hello there', { status: 'interim' })
    expect(statuses()).toEqual(['speaking'])
  })
})

describe('the queue', () => {
  it('turns a text of 5,001 bytes into two items', () => {
    const { speakings, state } = setUp()
    speakings.prepare('c1', 's1')
    expect(speakings.say('c1', 'a'.repeat(5001))).toHaveLength(2)
    expect(state().items.map(({ text }) => text.length)).toEqual([5000, 1])
  })
  it('refuses an empty text, and a call that is not up', () => {
    const { speakings } = setUp()
    expect(() => speakings.say('c1', 'Hello')).toThrow(expect.objectContaining({ code: 'call.gone' }))
    speakings.prepare('c1', 's1')
    expect(() => speakings.say('c1', ' ')).toThrow(expect.objectContaining({ code: 'speaking.empty' }))
  })
  it('is cleared by flush: what waits and what is under way stays to be said again, or put away', async () => {
    const { speakings, asked, statuses, soon } = setUp()
    speakings.prepare('c1', 's1')
    for (const text of ['One', 'Two', 'Three']) speakings.say('c1', text)
    await soon()
    await speakings.flush('c1')
    expect(statuses()).toEqual(['flushed', 'flushed', 'flushed'])
    expect(asked('flush')).toHaveLength(1)
  })
  it('does not say what was flushed while the session was being made', async () => {
    const { platform, speakings, asked, statuses, soon } = setUp()
    const row = { id: 'sp', referenceId: 'c1', status: 'initiating' as 'initiating' | 'active' }
    platform.answer('speakings.create', () => row)
    platform.rows.speakings.push(row)
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'Not after all')
    await soon()
    await speakings.flush('c1')
    row.status = 'active'
    await vi.advanceTimersByTimeAsync(500)
    expect(statuses()).toEqual(['flushed'])
    expect(asked('say')).toHaveLength(0)
  })
  it('does not say again, in a new session, what a stop has cut off', async () => {
    const { platform, speakings, asked, statuses, state, soon } = setUp()
    let refuse = (_: AppError) => {}
    const onItsWay = new Promise((_, reject) => {
      refuse = reject
    })
    platform.answer('speakings.say', () => onItsWay)
    speakings.prepare('c1', 's1')
    await soon()
    speakings.say('c1', 'Cut off')
    await soon()
    const stopped = speakings.stop('c1')
    refuse(refusal('platform.notFound', 404))
    await stopped
    await soon()
    expect(statuses()).toEqual(['flushed'])
    expect(asked('say')).toHaveLength(1)
    expect(asked('create')).toHaveLength(1)
    expect(state().session.status).toBe('stopped')
  })
  it('survives a flush before anything was said', async () => {
    const { platform, speakings, soon } = setUp()
    platform.fail('speakings.flush', refusal('platform.notFound', 404))
    speakings.prepare('c1', 's1')
    await soon()
    await expect(speakings.flush('c1')).resolves.toBeUndefined()
  })
  it('goes on after stop, on a new session', async () => {
    const { speakings, asked, state, statuses, soon } = setUp()
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'One')
    await soon()
    await speakings.stop('c1')
    expect(state().session.status).toBe('stopped')
    speakings.say('c1', 'Two')
    await vi.advanceTimersByTimeAsync(500)
    expect(statuses()).toEqual(['flushed', 'queued'])
    expect(asked('create')).toHaveLength(2)
  })
  it('lets a waiting item be removed, but not one that was sent', async () => {
    const { speakings, state, soon } = setUp()
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'One')
    speakings.say('c1', 'Two')
    await soon()
    const [one, two] = state().items
    expect(() => speakings.remove('c1', one?.id ?? '')).toThrow(
      expect.objectContaining({ code: 'speaking.tooLate' }),
    )
    speakings.remove('c1', two?.id ?? '')
    expect(state().items.map(({ text }) => text)).toEqual(['One'])
  })
  it('tells what was never said when the call ends', async () => {
    const { speakings, state, soon } = setUp()
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'One')
    speakings.say('c1', 'Two')
    await soon()
    await speakings.endCall('c1')
    expect(state().items.map(({ status, error }) => [status, error?.code])).toEqual([
      ['queued', undefined],
      ['failed', 'call.gone'],
    ])
  })
})

describe('the voice', () => {
  it('of a call is another from the next text on: the session is made anew between two texts', async () => {
    const { speakings, ear, asked, state, soon } = setUp()
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'One')
    speakings.say('c1', 'Two')
    await soon()
    ear('start')
    speakings.choose('c1', { language: 'de-DE', provider: 'aws' })
    await soon()
    expect([asked('create').length, asked('stop').length]).toEqual([1, 0])
    expect(state().voice).toMatchObject({ language: 'de-DE', provider: 'aws' })
    ear('end')
    await vi.advanceTimersByTimeAsync(900)
    expect(asked('create').at(-1)?.args[0]).toMatchObject({ language: 'de-DE', provider: 'aws' })
    expect(asked('say').map(({ args }) => args[1])).toEqual(['One', 'Two'])
    expect(asked('stop')).toHaveLength(1)
  })
  it('is ready before the next text where nothing is being said, and the profile’s again when asked', async () => {
    const { speakings, asked, state, soon } = setUp()
    speakings.prepare('c1', 's1')
    await soon()
    speakings.choose('c1', { voiceId: 'Other' })
    await soon()
    expect(asked('create')).toHaveLength(2)
    speakings.choose('c1', null)
    await soon()
    expect(asked('create').at(-1)?.args[0]).not.toHaveProperty('voiceId')
    expect(state()).toMatchObject({ session: { status: 'active' }, chosen: undefined })
  })
  it('of the profile, changed during the call, is shown at once and ready before the next text', async () => {
    const { speakings, own, asked, state, soon } = setUp()
    speakings.prepare('c1', 's1')
    await soon()
    speakings.voiceChanged()
    own.voice = { language: 'de-DE' }
    speakings.voiceChanged()
    expect(state().voice.language).toBe('de-DE')
    await soon()
    expect(asked('create').map(({ args }) => args[0])).toMatchObject([
      { language: 'en-US' },
      { language: 'de-DE' },
    ])
  })
  it.each([
    ['both', 'both'],
    ['them', 'in'],
    ['you', 'out'],
  ] as const)('heard by %s has the direction %s of our own leg', async (heardBy, direction) => {
    const { speakings, own, asked, soon } = setUp()
    own.voice = { heardBy }
    speakings.prepare('c1', 's1')
    await soon()
    expect(asked('create')[0]?.args[0]).toMatchObject({ direction })
  })
  it('in a test call is for this person, whatever was set', async () => {
    const { speakings, own, asked, state, soon } = setUp()
    own.voice = { heardBy: 'both' }
    own.alone = true
    speakings.prepare('c1', 's1')
    await soon()
    expect(asked('create')[0]?.args[0]).toMatchObject({ direction: 'out' })
    expect(state()).toMatchObject({ alone: true, voice: { heardBy: 'you' } })
  })
  it('that only the other side hears goes on without a sound here, and is no failure', async () => {
    const { speakings, own, asked, ear, out, statuses, soon } = setUp()
    own.voice = { heardBy: 'them' }
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'One')
    speakings.say('c1', 'Two')
    await soon()
    ear('start')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(asked('say')).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(statuses()).toEqual(['queued', 'queued'])
    out('two', { direction: 'in' })
    expect(statuses()).toEqual(['queued', 'transcribed'])
  })
  it('that only the other side hears is over after its length: nothing cuts or interrupts it later', async () => {
    const { speakings, own, out, statuses, soon } = setUp()
    own.voice = { heardBy: 'them' }
    own.bargeIn = true
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'One')
    await vi.advanceTimersByTimeAsync(20_000)
    out('no wait please', { status: 'interim' })
    await soon()
    expect(statuses()).toEqual(['queued'])
    await speakings.silence('c1')
    expect(statuses()).toEqual(['queued'])
  })
})

describe('silence', () => {
  it('ends the session where flush does not cut what is being spoken, and has the next one ready', async () => {
    const { speakings, own, asked, state, ear, statuses, soon } = setUp()
    own.voice = { provider: 'elevenlabs' }
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'One')
    speakings.say('c1', 'Two')
    await soon()
    ear('start')
    await speakings.silence('c1')
    await soon()
    expect([asked('flush').length, asked('stop').length, asked('create').length]).toEqual([0, 1, 2])
    expect(statuses()).toEqual(['flushed', 'flushed'])
    expect(state().session.status).toBe('active')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(asked('say')).toHaveLength(1)
  })
  it('flushes where that is enough, and ends the session when it is still heard', async () => {
    const { speakings, asked, ear, soon } = setUp()
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'One')
    await soon()
    ear('start')
    await speakings.silence('c1')
    expect([asked('flush').length, asked('stop').length]).toEqual([1, 0])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked('stop')).toHaveLength(1)
  })
  it('ends the session while a text is on its way: a flush might be faster than it', async () => {
    const { platform, speakings, asked, soon } = setUp()
    platform.answer('speakings.say', () => new Promise(() => {}))
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'One')
    await soon()
    await speakings.silence('c1')
    expect([asked('flush').length, asked('stop').length]).toEqual([0, 1])
  })
  it.each(['gcp', 'aws'] as const)(
    'asks %s nothing where nothing was said on the session yet',
    async (provider) => {
      const { speakings, own, asked, ear, state, soon } = setUp()
      own.voice = { provider }
      speakings.prepare('c1', 's1')
      await soon()
      // The other side is speaking.
      ear('start')
      await speakings.silence('c1')
      await vi.advanceTimersByTimeAsync(5_000)
      expect([asked('flush').length, asked('stop').length, asked('create').length]).toEqual([0, 0, 1])
      expect(state().session.status).toBe('active')
    },
  )
  it('leaves a text alone that was typed right after it', async () => {
    const { speakings, own, asked, statuses, soon } = setUp()
    own.voice = { provider: 'aws' }
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'One')
    await soon()
    void speakings.silence('c1')
    speakings.say('c1', 'Two')
    await vi.advanceTimersByTimeAsync(500)
    expect(statuses()).toEqual(['flushed', 'queued'])
    expect(asked('say').map(({ args }) => args[1])).toEqual(['One', 'Two'])
  })
})

describe('a text that waits', () => {
  it('can be edited, moved and taken back; while it is edited it does not go out', async () => {
    const { speakings, ear, asked, state, soon } = setUp()
    speakings.prepare('c1', 's1')
    for (const text of ['One', 'Two', 'Three', 'Four']) speakings.say('c1', text)
    await soon()
    const [, two, three, four] = state().items.map(({ id }) => id)
    speakings.hold('c1', two ?? '', true)
    ear('start')
    ear('end')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked('say')).toHaveLength(1)
    speakings.move('c1', four ?? '', -1)
    speakings.remove('c1', three ?? '')
    speakings.edit('c1', two ?? '', 'Zwei')
    for (let turn = 0; turn < 3; turn++) {
      await soon()
      ear('start')
      ear('end')
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(asked('say').map(({ args }) => args[1])).toEqual(['One', 'Zwei', 'Four'])
    expect(() => speakings.edit('c1', two ?? '', 'Too late')).toThrow(
      expect.objectContaining({ code: 'speaking.tooLate' }),
    )
  })
  it('goes on waiting while the call is on hold, and goes out when it is resumed', async () => {
    const { speakings, own, asked, statuses, soon } = setUp()
    speakings.prepare('c1', 's1')
    await soon()
    own.held = true
    speakings.say('c1', 'One')
    speakings.prepare('c1', 's1')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(statuses()).toEqual(['waiting'])
    own.held = false
    speakings.prepare('c1', 's1')
    await soon()
    expect(asked('say').map(({ args }) => args[1])).toEqual(['One'])
  })
  it('goes out after the time in which it can be taken back, and not before', async () => {
    const { speakings, own, asked, state, soon } = setUp()
    own.undoMs = 2_000
    speakings.prepare('c1', 's1')
    await soon()
    speakings.say('c1', 'One')
    speakings.say('c1', 'Oops')
    await vi.advanceTimersByTimeAsync(1_900)
    expect(asked('say')).toHaveLength(0)
    speakings.remove('c1', state().items[1]?.id ?? '')
    await vi.advanceTimersByTimeAsync(200)
    expect(asked('say').map(({ args }) => args[1])).toEqual(['One'])
    expect(state().items).toHaveLength(1)
  })
})

describe('B.5 a text whose answer got lost', () => {
  const lost = new AppError('network.timeout')
  it('is listened for, and is said when it is heard', async () => {
    const { platform, speakings, ear, asked, state, soon } = setUp()
    platform.fail('speakings.say', lost, { after: true })
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'Hello')
    await soon()
    expect(state().items[0]).toMatchObject({ status: 'sending', error: { code: 'network.timeout' } })
    ear('start')
    expect(state().items[0]).toMatchObject({ status: 'speaking', error: undefined })
    await vi.advanceTimersByTimeAsync(20_000)
    expect(asked('say')).toHaveLength(1)
  })
  it('fails only when nothing of it came, and is said again only when a person asks', async () => {
    const { platform, speakings, asked, state, statuses, soon } = setUp()
    platform.fail('speakings.say', lost)
    speakings.prepare('c1', 's1')
    speakings.say('c1', 'Hello')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(state().items[0]).toMatchObject({ status: 'failed', error: { code: 'network.timeout' } })
    expect(asked('say')).toHaveLength(1)
    speakings.again('c1', state().items[0]?.id ?? '')
    await soon()
    expect(statuses()).toEqual(['queued'])
    expect(asked('say')).toHaveLength(2)
  })
})

describe('barge-in', () => {
  const begin = async (voice: Partial<SpeakVoice> = {}, bargeIn = true) => {
    const set = setUp()
    set.own.bargeIn = bargeIn
    set.own.voice = { provider: 'aws', heardBy: 'both', ...voice }
    set.speakings.prepare('c1', 's1')
    set.speakings.say('c1', 'Shall I repeat the number of your order')
    set.speakings.say('c1', 'Then I have one more question')
    await set.soon()
    return set
  }
  const interim = { status: 'interim', id: 'interim' } as const

  it('other words than the voice’s own interrupt it; nothing of it is lost', async () => {
    const { speakings, ear, out, asked, state, statuses, soon } = await begin()
    ear('start')
    await vi.advanceTimersByTimeAsync(1_000)
    out('shall I repeat', interim)
    expect(statuses()).toEqual(['speaking', 'waiting'])
    out('no wait please', interim)
    await soon()
    expect(statuses()).toEqual(['interrupted', 'interrupted'])
    expect(asked('stop')).toHaveLength(1)
    ear('end')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked('say')).toHaveLength(1)
    for (const { id } of state().items) speakings.again('c1', id)
    await soon()
    expect(asked('say').map(({ args }) => args[1])).toEqual([
      'Shall I repeat the number of your order',
      'Shall I repeat the number of your order',
    ])
  })
  it('interrupts a text that goes on although the first half of it is transcribed', async () => {
    const { ear, out, state, statuses, soon } = await begin()
    ear('start')
    await vi.advanceTimersByTimeAsync(1_000)
    out('shall I repeat the number')
    expect(statuses()).toEqual(['transcribed', 'waiting'])
    expect(state().sounding).toBe(state().items[0]?.id)
    out('no wait please', interim)
    await soon()
    expect(statuses()).toEqual(['interrupted', 'interrupted'])
    expect(state().sounding).toBeUndefined()
  })
  it('goes by who hears the text that is spoken: another choice for the next one changes nothing', async () => {
    const { speakings, ear, out, statuses } = await begin()
    await vi.advanceTimersByTimeAsync(100)
    speakings.choose('c1', { heardBy: 'them' })
    // The voice's own sound, and its own words.
    ear('start')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(statuses()).toEqual(['speaking', 'waiting'])
    out('shall I repeat the number of your order')
    expect(statuses()).toEqual(['transcribed', 'waiting'])
  })
  it('interrupts a text that is known by its words and by no sound here', async () => {
    const { out, statuses, soon } = await begin()
    await vi.advanceTimersByTimeAsync(1_000)
    out('shall I repeat the number of', interim)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(statuses()[0]).toBe('speaking')
    out('no wait please', interim)
    await soon()
    expect(statuses()).toEqual(['interrupted', 'interrupted'])
  })
  it('does nothing when it is off', async () => {
    const { ear, out, statuses, soon } = await begin({}, false)
    ear('start')
    await vi.advanceTimersByTimeAsync(1_000)
    out('no wait please', interim)
    await soon()
    expect(statuses()).toEqual(['speaking', 'waiting'])
  })
  it('speech that began before the voice does not interrupt it, however late its words come', async () => {
    const { out, statuses, soon } = await begin()
    await vi.advanceTimersByTimeAsync(300)
    out('where is my order', interim)
    await soon()
    expect(statuses()).toEqual(['queued', 'waiting'])
  })
  it('nor does speech that goes on when the voice begins, whatever is told of the voice itself', async () => {
    const set = setUp()
    set.own.bargeIn = true
    set.own.voice = { heardBy: 'both' }
    set.speakings.prepare('c1', 's1')
    set.out('where is', interim)
    await vi.advanceTimersByTimeAsync(400)
    set.speakings.say('c1', 'One moment please')
    await set.soon()
    set.speakings.takeSpeech('c1', { leg: 'own', direction: 'out', phase: 'started' })
    for (const words of ['where is my', 'where is my order', 'where is my order now']) {
      await vi.advanceTimersByTimeAsync(400)
      set.out(words, interim)
    }
    expect(set.statuses()).toEqual(['queued'])
    await vi.advanceTimersByTimeAsync(2_000)
    set.out('hello are you there', interim)
    await set.soon()
    expect(set.statuses()).toEqual(['interrupted'])
  })
  it('the voice’s own sound in our ear does not interrupt it', async () => {
    const { speakings, ear, statuses } = await begin()
    speakings.takeSpeech('c1', { leg: 'own', direction: 'out', phase: 'started' })
    ear('start')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(statuses()).toEqual(['speaking', 'waiting'])
  })
  it('a voice that is not in our ear is interrupted by any sound there that lasts, and not by a cough', async () => {
    const { ear, statuses } = await begin({ heardBy: 'them' })
    await vi.advanceTimersByTimeAsync(100)
    ear('start')
    await vi.advanceTimersByTimeAsync(100)
    ear('end')
    await vi.advanceTimersByTimeAsync(300)
    expect(statuses()).toEqual(['queued', 'waiting'])
    ear('start')
    await vi.advanceTimersByTimeAsync(300)
    expect(statuses()).toEqual(['interrupted', 'interrupted'])
  })
  it('speech on the leg of the other phone interrupts at once: our voice is not in it', async () => {
    const { speakings, ear, statuses, soon } = await begin()
    ear('start')
    speakings.takeSpeech('c1', { leg: 'far', direction: 'out', phase: 'started' })
    expect(statuses()).toEqual(['speaking', 'waiting'])
    speakings.takeSpeech('c1', { leg: 'far', direction: 'in', phase: 'started' })
    await soon()
    expect(statuses()).toEqual(['interrupted', 'interrupted'])
  })
  it('what was heard of an interrupted text is kept with it', async () => {
    const { ear, out, state, soon } = await begin()
    ear('start')
    await vi.advanceTimersByTimeAsync(1_000)
    out('no wait please', interim)
    await soon()
    out('shall i repeat the')
    expect(state().items[0]).toMatchObject({ status: 'interrupted', transcriptText: 'shall i repeat the' })
  })
})
