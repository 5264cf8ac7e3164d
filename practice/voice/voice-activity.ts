// Finds utterances in a stream of frames by their energy over a floor that follows the noise of the line.
import type { Pcm, VoiceActivity } from '../line.ts'
import { createListeners } from '../media/listeners.ts'
import { FRAME_MS } from '../media/pacer.ts'
import { levelOf } from './level.ts'
import { createNoiseFloor } from './noise-floor.ts'

/** Two loud frames among three begin an utterance: 40 to 60 ms, and a click of one frame does not. */
const ONSET_OF = 3
const ONSET_LOUD = 2
const CLOSING_MS = 600
/** Kept before and behind the loud part, so that soft consonants survive. */
const MARGIN_MS = 200
const LONGEST_MS = 30_000
/** A sound this long whose level hardly moves is a machine, not a person. */
const FLAT_MS = 1_500
const FLAT_SPREAD = 1.6

interface Heard {
  pcm: Pcm
  level: number
  loud: boolean
}

/**
 *   quiet ── 2 of 3 frames loud ──→ open ── 600 ms without a loud one, 30 s, or flush ──→ quiet
 */
export function createVoiceActivity(): VoiceActivity {
  const floor = createNoiseFloor()
  const starts = createListeners<number>()
  const utterances = createListeners<{ pcm: Pcm; startMs: number; endMs: number }>()
  /** While quiet: the last frames, for onset and margin. While open: the utterance with its margins. */
  let frames: Heard[] = []
  /** Number of frames before `frames[0]`. */
  let passed = 0
  let open: { first: number; last: number } | undefined

  const close = () => {
    if (!open) return
    const { first, last } = open
    open = undefined
    const from = Math.max(passed, first - MARGIN_MS / FRAME_MS)
    const to = Math.min(passed + frames.length, last + 1 + MARGIN_MS / FRAME_MS)
    const kept = frames.slice(from - passed, to - passed)
    const isFlat = isMachine(frames.slice(first - passed, last + 1 - passed))
    forget(passed + frames.length - MARGIN_MS / FRAME_MS)
    if (isFlat) return
    utterances.tell({ pcm: join(kept), startMs: first * FRAME_MS, endMs: (last + 1) * FRAME_MS })
  }

  const forget = (before: number) => {
    const gone = Math.max(0, Math.min(frames.length, before - passed))
    frames = frames.slice(gone)
    passed += gone
  }

  const listen = () => {
    const now = passed + frames.length - 1
    const recent = frames.slice(-ONSET_OF)
    if (recent.filter(({ loud }) => loud).length < ONSET_LOUD) {
      forget(now + 1 - MARGIN_MS / FRAME_MS - ONSET_OF)
      return
    }
    const first = now - recent.length + 1 + recent.findIndex(({ loud }) => loud)
    open = { first, last: now }
    starts.tell(first * FRAME_MS)
  }

  return {
    push(frame) {
      const level = levelOf(frame)
      const loud = level > floor.threshold()
      floor.push(level)
      frames.push({ pcm: frame, level, loud })
      if (!open) return listen()
      const now = passed + frames.length - 1
      if (loud) open.last = now
      if ((now - open.last) * FRAME_MS >= CLOSING_MS || (now - open.first) * FRAME_MS >= LONGEST_MS) close()
    },
    onStart: (listener) => void starts.add(listener),
    onUtterance: (listener) => void utterances.add(listener),
    flush: close,
  }
}

function isMachine(heard: Heard[]): boolean {
  if (heard.length * FRAME_MS < FLAT_MS) return false
  const levels = heard.map(({ level }) => level).sort((a, b) => a - b)
  const low = levels[Math.floor(levels.length * 0.1)] ?? 0
  const high = levels[Math.floor(levels.length * 0.9)] ?? 0
  return high < low * FLAT_SPREAD
}

function join(heard: Heard[]): Pcm {
  const out = new Int16Array(heard.reduce((total, { pcm }) => total + pcm.length, 0))
  let at = 0
  for (const { pcm } of heard) {
    out.set(pcm, at)
    at += pcm.length
  }
  return out
}
