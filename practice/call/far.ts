// The other side of a call, where a test or a learner wants one: its words are heard over whatever the platform says,
// and transcribed as `out`, as everything is that the phone hears (contract C.5).
import type { Leg, Voice } from '../line.ts'
import { firstWords } from './mouth.ts'

export interface FarWords {
  phase: 'started' | 'interim' | 'ended'
  /** So far; all of them at the end. */
  text: string
  startedAt: number
}

export interface Far {
  /** `sounding` false: only its words are told, so that the silence of the voice can be heard. Resolves at its end. */
  say(text: string, language: string, sounding: boolean): Promise<void>
  onWords(listener: (words: FarWords) => void): () => void
}

/** A recogniser has its first words after this long, and more of them as often. */
const interimMs = 400
const samplesPerMs = 8

export function createFar(leg: Leg, voice: Voice): Far {
  const listeners = new Set<(words: FarWords) => void>()
  return {
    async say(text, language, sounding) {
      const pcm = await voice.synthesise(text, language)
      const durationMs = pcm.length / samplesPerMs
      const startedAt = Date.now()
      const tell = (phase: FarWords['phase'], words: string) => {
        for (const listener of listeners) listener({ phase, text: words, startedAt })
      }
      tell('started', '')
      const interim = setInterval(() => {
        const words = firstWords(text, Math.min(1, (Date.now() - startedAt) / durationMs))
        if (words) tell('interim', words)
      }, interimMs)
      const silence = new Int16Array(pcm.length)
      await (leg.mix ?? leg.play)(sounding ? pcm : silence)
      clearInterval(interim)
      tell('ended', text)
    },
    onWords(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
