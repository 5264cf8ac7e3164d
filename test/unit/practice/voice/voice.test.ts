// The memory of the voice, its fallback, and the shipped prompts.
import { describe, expect, it } from 'vitest'
import type { Voice } from '../../../../practice/line.ts'
import { sentences } from '../../../../practice/prompts/texts.ts'
import { levelOf } from '../../../../practice/voice/level.ts'
import { createShippedVoice } from '../../../../practice/voice/shipped.ts'
import { withFallback, withMemory } from '../../../../practice/voice/voice.ts'

function countingVoice(samples = 800): Voice & { said: string[] } {
  const said: string[] = []
  return {
    name: 'counting',
    said,
    async synthesise(text) {
      said.push(text)
      return new Int16Array(samples).fill(1)
    },
  }
}

describe('the memory of the voice', () => {
  it('synthesises the same words in the same language once, also when asked twice at the same time', async () => {
    const voice = countingVoice()
    const memory = withMemory(voice)
    const [one, two] = await Promise.all([memory.synthesise('hi', 'en'), memory.synthesise('hi', 'en')])
    expect(one).toBe(two)
    await memory.synthesise('hi', 'en')
    await memory.synthesise('hi', 'de')
    expect(voice.said).toEqual(['hi', 'hi'])
  })

  it('forgets what was said longest ago when it is full', async () => {
    const voice = countingVoice(800)
    const memory = withMemory(voice, 1_600)
    for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) await memory.synthesise(text, 'en')
    expect(voice.said).toEqual(['a', 'b', 'c', 'b'])
  })

  it('does not remember a failure', async () => {
    let tries = 0
    const memory = withMemory({
      name: 'moody',
      synthesise: () =>
        ++tries === 1 ? Promise.reject(new Error('no')) : Promise.resolve(new Int16Array(1)),
    })
    await expect(memory.synthesise('x', 'en')).rejects.toThrow('no')
    expect(await memory.synthesise('x', 'en')).toHaveLength(1)
  })

  it('says nothing for nothing', async () => {
    const voice = countingVoice()
    expect(await withMemory(voice).synthesise(' \n', 'en')).toHaveLength(0)
    expect(voice.said).toEqual([])
  })
})

describe('the fallback', () => {
  it('speaks when the first voice cannot', async () => {
    const broken: Voice = { name: 'broken', synthesise: () => Promise.reject(new Error('gone')) }
    expect(await withFallback(broken, countingVoice(3)).synthesise('x', 'en')).toHaveLength(3)
  })
})

describe('the shipped prompts', () => {
  const voice = createShippedVoice()

  it.each(Object.entries(sentences))(
    'speak the sentence %s, whatever its commas and capitals',
    async (_name, text) => {
      const spoken = await voice.synthesise(text, 'en-US')
      expect(spoken.length).toBeGreaterThan(8_000)
      expect(levelOf(spoken)).toBeGreaterThan(1_000)
      expect(await voice.synthesise(text.toUpperCase().replaceAll(',', ' '), 'en-US')).toEqual(spoken)
    },
  )

  it('spell digits', async () => {
    const one = await voice.synthesise('1', 'en-US')
    const three = await voice.synthesise('1 1, 1', 'en-US')
    expect(one.length).toBeGreaterThan(1_000)
    expect(three.length).toBe(3 * one.length)
  })

  it('say that there is no synthesiser, then murmur as long as the text is', async () => {
    const short = await voice.synthesise('Bonjour tout le monde', 'fr-FR')
    const long = await voice.synthesise('Bonjour tout le monde. '.repeat(10), 'fr-FR')
    const notice = await voice.synthesise(sentences.noSynthesiser ?? '', 'en-US')
    expect([...short.subarray(0, notice.length)]).toEqual([...notice])
    expect(levelOf(short.subarray(-4_000))).toBeGreaterThan(500)
    expect(long.length).toBeGreaterThan(short.length + 8_000)
  })

  it('do not fall silent over a lone emoji and do not speak for ever', async () => {
    expect(levelOf(await voice.synthesise('🎉', 'en-US'))).toBeGreaterThan(500)
    expect((await voice.synthesise('x'.repeat(5_000), 'en-US')).length).toBeLessThan(8_000 * 70)
  })
})
