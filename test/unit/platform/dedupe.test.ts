// Repetitions within a few seconds are dropped; memory stays bounded; started and ended speech take turns.
import { describe, expect, it } from 'vitest'
import { createDedupe } from '../../../main/platform/events/dedupe.ts'
import { createSpeechPhases } from '../../../main/platform/events/speech-phases.ts'

describe('dropping repetitions', () => {
  it('takes a key once within the window and again after it', () => {
    let at = 0
    const dedupe = createDedupe({ windowMs: 5_000, now: () => at })
    expect(dedupe.isNew('a')).toBe(true)
    at = 5_000
    expect(dedupe.isNew('a')).toBe(false)
    at = 5_001
    expect(dedupe.isNew('a')).toBe(true)
  })

  it('forgets the oldest beyond its limit', () => {
    const dedupe = createDedupe({ limit: 3, now: () => 0 })
    for (const key of ['a', 'b', 'c', 'd']) dedupe.isNew(key)
    expect(dedupe.isNew('d')).toBe(false)
    expect(dedupe.isNew('a')).toBe(true)
  })
})

describe('bare speech events', () => {
  const event = {
    kind: 'speech',
    phase: 'unknown',
    transcribeId: 't1',
    direction: 'in',
    text: '',
  } as const

  it('start and end in turns, for each direction by itself', () => {
    const resolve = createSpeechPhases({ now: () => 0 })
    expect(resolve(event).phase).toBe('started')
    expect(resolve({ ...event, direction: 'out' }).phase).toBe('started')
    expect(resolve({ ...event, phase: 'interim', text: 'Hel' }).phase).toBe('interim')
    expect(resolve(event).phase).toBe('ended')
    expect(resolve(event).phase).toBe('started')
  })

  it('start anew when the end of the one before never came', () => {
    let at = 0
    const resolve = createSpeechPhases({ now: () => at })
    resolve(event)
    at = 10_001
    expect(resolve(event).phase).toBe('started')
  })
})
