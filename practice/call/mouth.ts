// What the platform says on a leg: one utterance after the other, cut when its owner is flushed or the call ends.
import { randomUUID } from 'node:crypto'
import type { Leg, Pcm, Voice } from '../line.ts'

export interface Utterance {
  readonly id: string
  /** Empty for sounds that are not speech. */
  readonly text: string
  readonly startedAt: number
}

/** What was really played of an utterance: all of it, or the words before the cut. */
export interface Spoken extends Utterance {
  readonly heard: string
  readonly endedAt: number
}

export interface Mouth {
  /** Queues speech; resolves when it was played or cut. Rejects only when it cannot be synthesised. */
  say(text: string, language: string, signal: AbortSignal, onStart?: () => void): Promise<void>
  play(pcm: Pcm, signal: AbortSignal): Promise<void>
  onStart(listener: (utterance: Utterance, durationMs: number) => void): () => void
  onSpoken(listener: (spoken: Spoken) => void): () => void
  /** While muffled, silence is played instead (mute, hold, silence of the API). */
  muffled: boolean
}

const samplesPerMs = 8

export function createMouth(leg: Leg, voice: Voice): Mouth {
  let last: Promise<unknown> = Promise.resolve()
  const starts = new Set<(utterance: Utterance, durationMs: number) => void>()
  const ends = new Set<(spoken: Spoken) => void>()

  async function utter(text: string, pcm: Pcm, signal: AbortSignal, onStart?: () => void): Promise<void> {
    if (signal.aborted || leg.state.status !== 'answered') return
    onStart?.()
    const utterance = { id: randomUUID(), text, startedAt: Date.now() }
    const durationMs = pcm.length / samplesPerMs
    const audible = text !== '' && !mouth.muffled
    if (audible) for (const tell of starts) tell(utterance, durationMs)
    await leg.play(mouth.muffled ? new Int16Array(pcm.length) : pcm, signal)
    if (!audible) return
    const endedAt = Date.now()
    const cut = signal.aborted || leg.state.status !== 'answered'
    const share = cut ? Math.min(1, (endedAt - utterance.startedAt) / durationMs) : 1
    for (const tell of ends) tell({ ...utterance, heard: firstWords(text, share), endedAt })
  }

  const queue = (
    text: string,
    audio: Promise<Pcm>,
    signal: AbortSignal,
    onStart?: () => void,
  ): Promise<void> => {
    const turn = last.then(async () => utter(text, await audio, signal, onStart))
    last = turn.catch(() => {})
    return turn
  }

  const mouth: Mouth = {
    muffled: false,
    // Synthesised while the ones before it are still played.
    say: (text, language, signal, onStart) => {
      const audio = voice.synthesise(text, language)
      audio.catch(() => {})
      return queue(text, audio, signal, onStart)
    },
    play: (pcm, signal) => queue('', Promise.resolve(pcm), signal),
    onStart(listener) {
      starts.add(listener)
      return () => starts.delete(listener)
    },
    onSpoken(listener) {
      ends.add(listener)
      return () => ends.delete(listener)
    },
  }
  return mouth
}

/** The words that fit into a share of the time. */
export function firstWords(text: string, share: number): string {
  const words = text.split(/\s+/).filter(Boolean)
  return share >= 1 ? text : words.slice(0, Math.floor(words.length * share)).join(' ')
}
