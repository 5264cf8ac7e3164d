// The voice of practice: the system's synthesiser where there is one, else the shipped prompts. Remembers what it said.
import type { Pcm, Voice } from '../line.ts'
import { openEspeak } from './espeak.ts'
import { createShippedVoice } from './shipped.ts'

/** Ten minutes of speech are kept: 9.6 MB. */
const MOST_SAMPLES = 10 * 60 * 8_000

export async function openVoice(): Promise<Voice> {
  const shipped = createShippedVoice()
  const espeak = await openEspeak()
  return withMemory(espeak ? withFallback(espeak, shipped) : shipped)
}

/** When the first fails, for whatever reason, the second speaks: silence would look like a broken call. */
export function withFallback(first: Voice, second: Voice): Voice {
  return {
    name: first.name,
    synthesise: (text, language) =>
      first.synthesise(text, language).catch(() => second.synthesise(text, language)),
  }
}

/** Same text, same language, same speech; two who ask at once wait for one. The least recently said goes first. */
export function withMemory(voice: Voice, mostSamples = MOST_SAMPLES): Voice {
  const said = new Map<string, Promise<Pcm>>()
  const lengths = new Map<string, number>()
  let samples = 0

  const forget = (key: string) => {
    samples -= lengths.get(key) ?? 0
    lengths.delete(key)
    said.delete(key)
  }
  return {
    name: voice.name,
    synthesise(text, language) {
      if (text.trim() === '') return Promise.resolve(new Int16Array(0))
      const key = `${language}\n${text}`
      const known = said.get(key)
      if (known) {
        said.delete(key)
        said.set(key, known)
        return known
      }
      const fresh = voice.synthesise(text, language)
      said.set(key, fresh)
      fresh.then(
        (pcm) => {
          lengths.set(key, pcm.length)
          samples += pcm.length
          for (const oldest of said.keys()) {
            if (samples <= mostSamples) break
            if (lengths.has(oldest)) forget(oldest)
          }
        },
        () => forget(key),
      )
      return fresh
    },
  }
}
