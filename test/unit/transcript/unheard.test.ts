// Speech without a line for 30 s: what the platform says of the transcription, and what is done about it (contract I.22, I.23).
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../common/kit/errors.ts'
import type { WireTranscribe } from '../../../main/platform/platform.ts'
import { watchUnheard } from '../../../main/transcript/unheard.ts'
import { createFakePlatform } from '../../support/fake-platform.ts'
import { keepScopes } from '../../support/open-scopes.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const newScope = keepScopes()
beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_000 }))
afterEach(() => vi.useRealTimers())

const session = (status: WireTranscribe['status']): WireTranscribe => ({
  id: 't1',
  referenceType: 'call',
  referenceId: 'c1',
  status,
  language: 'en-US',
})

function setUp(sessions: WireTranscribe[], sound = { inMs: 0, outMs: 8_000 }, isOwn = true) {
  const platform = createFakePlatform()
  platform.answer('transcribes.ofCall', () => sessions)
  const told: AppError[] = []
  let settled = 0
  let up = true
  const read: string[] = []
  const unheard = watchUnheard(newScope(), {
    platform,
    spoken: () => (up ? [{ callId: 'c1', ...sound }] : []),
    read: async (callId) => void read.push(callId),
    isOwn: () => isOwn,
    language: () => 'en-US',
    tell: (error) => void told.push(error),
    settle: () => void settled++,
    log: createQuietLog().log,
  })
  const elapse = (ms: number) => vi.advanceTimersByTimeAsync(ms)
  const codes = () => told.map(({ code }) => code)
  const started = () => platform.asked.filter(({ name }) => name === 'transcribes.start').length
  return {
    platform,
    unheard,
    told,
    codes,
    started,
    read,
    elapse,
    settled: () => settled,
    hangUp: () => {
      up = false
    },
  }
}

describe('somebody speaks and nothing is written', () => {
  it('I.22 for half a minute is normal; then a transcription that nobody started is started', async () => {
    const { elapse, codes, started } = setUp([])
    await elapse(28_000)
    expect([codes(), started()]).toEqual([[], 0])
    await elapse(8_000)
    expect([codes(), started()]).toEqual([['transcript.notStarted'], 1])
  })

  it('I.22 without a speech-to-text provider the platform’s reason is told', async () => {
    const { platform, elapse, codes, started } = setUp([])
    platform.fail('transcribes.start', new AppError('platform.noSpeechToText', { status: 503 }), { times: 9 })
    await elapse(120_000)
    expect(codes()).toEqual(['platform.noSpeechToText'])
    expect(started()).toBe(1)
  })

  it('I.22 in a call of somebody else none is started, and that nobody writes it down is told once', async () => {
    const { elapse, codes, started } = setUp([], undefined, false)
    await elapse(120_000)
    expect([codes(), started()]).toEqual([['transcript.none'], 0])
  })

  it('I.22 where it runs, the lines are read over REST, and only if there are none it is told whose are missing', async () => {
    const { elapse, codes, read, told, started } = setUp([session('progressing')], { inMs: 9_000, outMs: 0 })
    await elapse(36_000)
    expect(read).toEqual(['c1'])
    expect([codes(), started()]).toEqual([['transcript.silent'], 0])
    expect(told[0]?.detail).toBe('your words')
  })

  it('I.22 lines that only REST knew are no fault', async () => {
    const scene = setUp([session('progressing')])
    scene.platform.answer('transcribes.ofCall', () => {
      // What the reading brings is told like any line.
      setTimeout(() => scene.unheard.line('c1'), 0)
      return new Promise((resolve) => setTimeout(() => resolve([session('progressing')]), 5))
    })
    await scene.elapse(36_000)
    expect(scene.codes()).toEqual([])
  })

  it('I.23 one that has ended midway is started again, once a call', async () => {
    const { elapse, codes, started } = setUp([session('done')])
    await elapse(36_000)
    expect([codes(), started()]).toEqual([['transcript.ended'], 1])
    await elapse(120_000)
    expect([codes(), started()]).toEqual([['transcript.ended', 'transcript.none'], 1])
  })

  it('I.23 one of somebody else is told to have ended, and left so', async () => {
    const { elapse, told, started } = setUp([session('done')], undefined, false)
    await elapse(120_000)
    expect(told.map(({ code, detail }) => [code, detail])).toEqual([
      ['transcript.none', 'the transcription has ended'],
    ])
    expect(started()).toBe(0)
  })
})

describe('nothing is wrong', () => {
  it('while lines come, and what was told is taken back', async () => {
    const { elapse, codes, unheard, settled } = setUp([])
    for (let turn = 0; turn < 6; turn++) {
      await elapse(20_000)
      unheard.line('c1')
    }
    expect(codes()).toEqual([])
    expect(settled()).toBe(6)
  })

  it('while nobody speaks, and after the call', async () => {
    const quiet = setUp([], { inMs: 500, outMs: 900 })
    await quiet.elapse(120_000)
    expect(quiet.codes()).toEqual([])
    const over = setUp([])
    await over.elapse(20_000)
    over.hangUp()
    await over.elapse(60_000)
    expect(over.codes()).toEqual([])
  })
})
