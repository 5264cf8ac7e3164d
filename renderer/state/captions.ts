// When lines of a call were on the screen, beside when its sounds began and ended: the two sides of the caption lag.
import { type Caption, type CaptionLag, toCaptionLags } from '../../common/figures/caption-lag.ts'
import type { Stretch } from '../../common/figures/speech.ts'
import type { SoundEdge } from '../../common/model/phone.ts'
import type { TranscriptLine } from '../../common/model/transcript.ts'

export interface ShownLine {
  callId: string
  id: string
  status: TranscriptLine['status']
  /** Epoch ms, and the same moment on the page's own clock (`performance.now()`). */
  at: number
  t: number
}

export interface Captions {
  /** An edge of the sound in the ear; others are left out. */
  takeSound(edge: SoundEdge): void
  /** These lines of a session are on the screen now. */
  takeShown(sessionId: string, lines: readonly TranscriptLine[]): void
  onShown(listener: (lines: readonly ShownLine[]) => void): () => void
  /** Of what the other side said, until now. */
  lags(sessionId: string): readonly CaptionLag[]
}

interface Kept {
  stretches: Stretch[]
  captions: Caption[]
  /** Until something new comes. */
  lags: readonly CaptionLag[] | undefined
}

const mostSessions = 8
const mostKept = 5_000
const none: readonly CaptionLag[] = []

export function createCaptions(now = Date.now, monotonic = () => performance.now()): Captions {
  const sessions = new Map<string, Kept>()
  const listeners = new Set<(lines: readonly ShownLine[]) => void>()
  const of = (sessionId: string): Kept => {
    const known = sessions.get(sessionId) ?? { stretches: [], captions: [], lags: undefined }
    sessions.set(sessionId, known)
    const [oldest] = sessions.keys()
    if (sessions.size > mostSessions && oldest !== undefined) sessions.delete(oldest)
    known.lags = undefined
    return known
  }
  return {
    takeSound({ sessionId, where, edge, at }) {
      if (where !== 'ear') return
      const { stretches } = of(sessionId)
      const last = stretches.at(-1)
      const isOpen = last !== undefined && last.to === undefined
      if (edge === 'end' && isOpen) last.to = at
      // A start within a stretch says nothing new: its end was lost.
      if (edge === 'start' && !isOpen) stretches.push({ from: at })
      if (stretches.length > mostKept) stretches.shift()
    },
    takeShown(sessionId, lines) {
      const [at, t] = [now(), monotonic()]
      const { captions } = of(sessionId)
      for (const { direction, status, offsetMs, transcribeId } of lines)
        if (direction === 'out') captions.push({ at, status, offsetMs, of: transcribeId })
      if (captions.length > mostKept) captions.shift()
      const shown = lines.map(({ callId, id, status }) => ({ callId, id, status, at, t }))
      for (const listener of listeners) listener(shown)
    },
    onShown(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    lags(sessionId) {
      const kept = sessions.get(sessionId)
      if (!kept) return none
      kept.lags ??= toCaptionLags(kept.stretches, kept.captions)
      return kept.lags
    },
  }
}
