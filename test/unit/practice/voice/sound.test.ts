// WAV files, resampling, and the words we hand to a synthesiser.
import { describe, expect, it } from 'vitest'
import { toEspeakVoice, toSpeakable } from '../../../../practice/voice/espeak.ts'
import { levelOf } from '../../../../practice/voice/level.ts'
import { toTelephoneRate } from '../../../../practice/voice/resample.ts'
import { parseWav, toWav } from '../../../../practice/voice/wav.ts'
import { toWideband } from '../../../../practice/voice/wideband.ts'

const sine = (hertz: number, rate: number, ms: number) =>
  Int16Array.from({ length: (rate * ms) / 1000 }, (_, i) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * hertz * i) / rate)),
  )

describe('WAV', () => {
  it('returns what was written', () => {
    const pcm = Int16Array.from([0, 1, -1, 32_767, -32_768])
    expect(parseWav(toWav({ pcm, rate: 16_000 }))).toEqual({ pcm, rate: 16_000 })
  })

  it('reads a stream that states a length it does not have', () => {
    const bytes = toWav({ pcm: Int16Array.from([1, 2, 3]), rate: 22_050 })
    bytes.writeUInt32LE(0x7fff_f000, 40)
    expect([...(parseWav(bytes)?.pcm ?? [])]).toEqual([1, 2, 3])
  })

  it('is not anything else', () => {
    expect(parseWav(Buffer.from(''))).toBeUndefined()
    expect(parseWav(Buffer.from('RIFF'))).toBeUndefined()
    expect(parseWav(Buffer.from('not a sound at all, but long enough'))).toBeUndefined()
    const stereo = toWav({ pcm: new Int16Array(4), rate: 8_000 })
    stereo.writeUInt16LE(2, 22)
    expect(parseWav(stereo)).toBeUndefined()
  })
})

describe('the way down to 8 kHz', () => {
  it.each([22_050, 16_000, 48_000, 44_100, 11_025])(
    'keeps length and level of speech from %i Hz',
    async (rate) => {
      const out = await toTelephoneRate(sine(1_000, rate, 500), rate)
      expect(out.length).toBeGreaterThanOrEqual(3_999)
      expect(out.length).toBeLessThanOrEqual(4_000)
      expect(levelOf(out.subarray(200, -200))).toBeGreaterThan(5_500)
      expect(levelOf(out.subarray(200, -200))).toBeLessThan(5_800)
    },
  )

  it('takes away what would fold back', async () => {
    const out = await toTelephoneRate(sine(6_000, 22_050, 500), 22_050)
    expect(levelOf(out.subarray(200, -200))).toBeLessThan(60)
  })

  it('leaves 8 kHz as it is', async () => {
    const pcm = sine(440, 8_000, 20)
    expect(await toTelephoneRate(pcm, 8_000)).toBe(pcm)
  })
})

describe('the way up for the recogniser', () => {
  it('doubles the rate, adds margins, and never leaves digital silence', () => {
    const { pcm, rate } = toWideband(sine(1_000, 8_000, 500))
    expect(rate).toBe(16_000)
    expect(pcm.length).toBe(2 * 6_400 + 8_000)
    expect(pcm.subarray(0, 6_400).some((sample) => sample !== 0)).toBe(true)
    expect(levelOf(pcm.subarray(0, 6_400))).toBeLessThan(200)
    expect(levelOf(pcm.subarray(6_600, 14_000))).toBeGreaterThan(5_000)
  })

  it('makes a whisper as loud as a shout', () => {
    const whisper = toWideband(sine(500, 8_000, 300).map((sample) => sample / 100)).pcm
    expect(levelOf(whisper.subarray(6_600, 10_000))).toBeGreaterThan(5_000)
  })
})

describe('what espeak-ng is told', () => {
  it.each([
    ['en-US', 'en-us'],
    ['en_GB', 'en-gb'],
    ['en-AU', 'en-us'],
    ['de-DE', 'de'],
    ['pt-BR', 'pt-br'],
    ['zh-CN', 'cmn'],
    ['ko-KR', 'ko'],
    ['', 'en-us'],
    ['--path=/etc', 'en-us'],
    ['$(reboot)', 'en-us'],
  ])('speaks %s as %s', (language, voice) => {
    expect(toEspeakVoice(language)).toBe(voice)
  })

  it('contains neither control characters nor phonemes', () => {
    expect(toSpeakable('a\u0000b\u001b[1m\r\nc [[h@loU]]')).toBe('a b [1m c [ [h@loU]]')
  })
})
