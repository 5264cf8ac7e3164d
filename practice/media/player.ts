// What the caller says, as frames: queued utterances in their order, a quiet noise floor between them.
import type { Pcm } from '../line.ts'
import { FRAME_SAMPLES } from './pacer.ts'

/** Line noise between utterances: digital silence confuses detectors of life and of speech. */
const NOISE = 6

interface Utterance {
  pcm: Pcm
  at: number
  done: () => void
}

export interface Player {
  play(pcm: Pcm, signal?: AbortSignal): Promise<void>
  /** Begins at once, over what is being played. */
  mix(pcm: Pcm, signal?: AbortSignal): Promise<void>
  /** The next 20 ms. */
  frame(): Pcm
  /** Ends everything that is queued; later plays end at once. */
  close(): void
}

export function createPlayer(): Player {
  const queue: Utterance[] = []
  /** All at once, over the first of the queue. */
  const over: Utterance[] = []
  let closed = false

  const drop = (utterance: Utterance) => {
    for (const list of [queue, over]) {
      const place = list.indexOf(utterance)
      if (place >= 0) list.splice(place, 1)
    }
    utterance.done()
  }
  const putInto = (list: Utterance[]) => (pcm: Pcm, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (closed || signal?.aborted || pcm.length === 0) return resolve()
      const utterance: Utterance = { pcm, at: 0, done: () => {} }
      const onAbort = () => drop(utterance)
      utterance.done = () => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      list.push(utterance)
    })
  const next = (utterance: Utterance): Pcm => {
    const piece = utterance.pcm.subarray(utterance.at, utterance.at + FRAME_SAMPLES)
    utterance.at += FRAME_SAMPLES
    if (utterance.at >= utterance.pcm.length) drop(utterance)
    return piece
  }

  return {
    play: putInto(queue),
    mix: putInto(over),
    frame() {
      const out = noise()
      const current = queue[0]
      if (current) out.set(next(current))
      for (const utterance of [...over])
        next(utterance).forEach((sample, at) => {
          out[at] = Math.max(-32_768, Math.min(32_767, (out[at] ?? 0) + sample))
        })
      return out
    },
    close() {
      closed = true
      for (const utterance of [...queue, ...over]) drop(utterance)
    },
  }
}

function noise(): Pcm {
  const out = new Int16Array(FRAME_SAMPLES)
  for (let i = 0; i < FRAME_SAMPLES; i++) out[i] = Math.round((Math.random() * 2 - 1) * NOISE)
  return out
}
