// Tells when the other side begins to speak over the voice. The one hard thing: our own ear hears both of them mixed.
//
// What the platform says decides (contract C.5: directions are relative to the leg that is transcribed):
//   far leg, `in`    that phone's own speech and nothing else: counts at once
//   our leg, `out`   what we hear, the voice included: only words that are not the voice's own count
//   sound in our ear  counts only where the voice is not in it (heard by the other side only), and after a moment
// Our own microphone is not the other side. Speech that was there before the voice began interrupts nothing.
import { wordsFound, wordsOf } from '../../common/kit/words-found.ts'
import type { SoundEdge } from '../../common/model/phone.ts'
import type { HeardBy, SpeakItem } from '../../common/model/speaking.ts'
import type { TranscriptLine } from '../../common/model/transcript.ts'

/** Speech as the platform tells it while it is spoken. */
export interface SpeechSign {
  leg: 'own' | 'far'
  direction: 'in' | 'out'
  phase: 'started' | 'interim' | 'ended' | 'unknown'
}

export interface BargeIn {
  takeSpeech(sign: SpeechSign, now: number): void
  takeInterim(line: TranscriptLine): void
  takeSound(edge: SoundEdge): void
}

export interface BargeInParts {
  isOn(): boolean
  heardBy(): HeardBy
  language(): string
  /** Everything that was said lately; a recogniser is late, so its words may be of one that is over. */
  items(): readonly SpeakItem[]
  /** When the item that is being said now was sent; nothing while none is. */
  saidSince(): number | undefined
  isSounding(): boolean
  after(ms: number, look: () => void): void
  onSpeech(): void
}

/** So much of interim text must be none of the voice's words. */
const foreign = 0.5
/** A cough is shorter. */
const soundMs = 250
/** A recogniser takes so long to its first words. */
const recogniserMs = 700
/** Words of the other side that come closer together than this are of one speech. */
const speechGapMs = 1_500

export function createBargeIn(parts: BargeInParts): BargeIn {
  /** When the utterance on our leg that is being transcribed now began, as far as it was told. */
  let startedAt: number | undefined
  /** The speech of the other side that goes on now: its first and its last words. */
  let foreignFrom = 0
  let foreignUntil = 0

  const tell = () => {
    if (parts.isOn() && parts.saidSince() !== undefined) parts.onSpeech()
  }
  const isNewer = (at: number) => at > (parts.saidSince() ?? Number.POSITIVE_INFINITY)

  return {
    takeSpeech({ leg, direction, phase }, now) {
      if (leg === 'far') {
        if (direction === 'in' && phase === 'started') tell()
        return
      }
      if (direction !== 'out') return
      if (phase === 'ended') startedAt = undefined
      if (phase !== 'started') return
      startedAt = now
      // The voice is not in what we hear: whatever begins there is the other side.
      if (parts.heardBy() === 'them') tell()
    },
    takeInterim(line) {
      if (line.direction !== 'out' || line.status !== 'interim') return
      if (!isForeign(line.text, parts.items(), parts.language())) return
      if (line.arrivedAt - foreignUntil > speechGapMs) foreignFrom = line.arrivedAt
      foreignUntil = line.arrivedAt
      // The voice's own `started` is told on the same leg: it makes words no younger than they are.
      const toldAt = startedAt !== undefined && startedAt <= foreignFrom ? startedAt : 0
      if (isNewer(Math.max(toldAt, foreignFrom - recogniserMs))) tell()
    },
    takeSound({ edge, at }) {
      if (edge !== 'start' || parts.heardBy() !== 'them' || !isNewer(at)) return
      parts.after(soundMs, () => {
        if (parts.isSounding()) tell()
      })
    },
  }
}

/** Whether words were spoken that none of the items has. */
export function isForeign(text: string, items: readonly SpeakItem[], language: string): boolean {
  if (wordsOf(text, language).length === 0) return false
  const own = items.filter(({ sentAt }) => sentAt !== undefined).slice(-3)
  return 1 - wordsFound(text, own.map((item) => item.text).join(' '), language) > foreign
}
