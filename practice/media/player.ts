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
  /** The next 20 ms. */
  frame(): Pcm
  /** Ends everything that is queued; later plays end at once. */
  close(): void
}

export function createPlayer(): Player {
  const queue: Utterance[] = []
  let closed = false

  const drop = (utterance: Utterance) => {
    const place = queue.indexOf(utterance)
    if (place >= 0) queue.splice(place, 1)
    utterance.done()
  }

  return {
    play: (pcm, signal) =>
      new Promise((resolve) => {
        if (closed || signal?.aborted || pcm.length === 0) return resolve()
        const utterance: Utterance = { pcm, at: 0, done: () => {} }
        const onAbort = () => drop(utterance)
        utterance.done = () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        queue.push(utterance)
      }),
    frame() {
      const out = noise()
      const current = queue[0]
      if (!current) return out
      out.set(current.pcm.subarray(current.at, current.at + FRAME_SAMPLES))
      current.at += FRAME_SAMPLES
      if (current.at >= current.pcm.length) drop(current)
      return out
    },
    close() {
      closed = true
      for (const utterance of [...queue]) drop(utterance)
    },
  }
}

function noise(): Pcm {
  const out = new Int16Array(FRAME_SAMPLES)
  for (let i = 0; i < FRAME_SAMPLES; i++) out[i] = Math.round((Math.random() * 2 - 1) * NOISE)
  return out
}
