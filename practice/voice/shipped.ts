// Speech without a synthesiser: recorded sentences where we have them, digits, and a murmur as long as the text.
import type { Pcm, Voice } from '../line.ts'
import { decodeUlaw } from '../media/g711.ts'
import { recorded } from '../prompts/recorded.ts'
import { digitNames, sentences } from '../prompts/texts.ts'

const RATE = 8_000
/** About the speed of speech: fifteen letters a second. */
const MS_PER_LETTER = 65
/** A lone emoji is heard, too. */
const LEAST_LETTERS = 8
const LONGEST_MURMUR_MS = 60_000

export function createShippedVoice(): Voice {
  const prompts = new Map<string, Pcm>()
  const prompt = (name: string): Pcm => {
    const known = prompts.get(name)
    if (known) return known
    const pcm = decodeUlaw(Buffer.from(recorded[name] ?? '', 'base64'))
    prompts.set(name, pcm)
    return pcm
  }
  return {
    name: 'shipped prompts',
    async synthesise(text) {
      const plain = toPlain(text)
      if (text.trim() === '') return new Int16Array(0)
      const sentence = Object.entries(sentences).find(([, words]) => toPlain(words) === plain)
      if (sentence) return prompt(sentence[0])
      if (/^[\d ]+$/.test(plain) && plain.length <= 40) return join(toDigits(plain).map(prompt))
      return join([
        prompt('noSynthesiser'),
        pause(200),
        murmur(Math.max(LEAST_LETTERS, plain.length) * MS_PER_LETTER),
      ])
    },
  }
}

/** Letters and digits only, so that commas and capitals do not hide a sentence we have. */
function toPlain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function toDigits(plain: string): string[] {
  return [...plain.replaceAll(' ', '')].map((digit) => digitNames[Number(digit)] ?? digitNames[0])
}

function pause(ms: number): Pcm {
  return new Int16Array((ms * RATE) / 1000)
}

/** Two tones that rise and fall about four times a second, as syllables do. */
function murmur(ms: number): Pcm {
  const length = Math.round((Math.min(ms, LONGEST_MURMUR_MS) * RATE) / 1000)
  const out = new Int16Array(length)
  for (let i = 0; i < length; i++) {
    const t = i / RATE
    const syllable = 0.5 - 0.5 * Math.cos(2 * Math.PI * 4 * t)
    const pitch = 140 + 20 * Math.sin(2 * Math.PI * 0.7 * t)
    const voice = Math.sin(2 * Math.PI * pitch * t) + 0.5 * Math.sin(2 * Math.PI * 700 * t)
    out[i] = Math.round(4_500 * syllable * voice)
  }
  return out
}

function join(parts: Pcm[]): Pcm {
  const out = new Int16Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
