// Caption lag: from the end of speech in the sound to the text on the screen. One definition for the call screen and for
// the record (docs/figures.md); times in ms on any one clock.
import { type PlacedLine, toPlacedLags } from './placed-lag.ts'
import type { Stretch } from './speech.ts'

/** A text of one direction when it was painted; where that is not known, when it came. */
export interface Caption {
  at: number
  status: 'interim' | 'final'
  /** Of a final: where it began on its transcription's clock, and which transcription that is. */
  offsetMs?: number | undefined
  of?: string | undefined
}

export interface CaptionLag {
  status: Caption['status']
  ms: number
}

/** Pauses shorter than this are inside an utterance: a recogniser waits longer before it settles a line. */
const pauseMs = 600
/** Text that comes later than this after its sound was late for another reason: fetched, or of something else. */
const longestMs = 15_000

/**
 * Finals that have a place on their transcription's clock are measured at their own utterance (placed-lag.ts), all others
 * at the utterance before them.
 */
export function toCaptionLags(stretches: readonly Stretch[], captions: readonly Caption[]): CaptionLag[] {
  const before = toLagsAfter(stretches, captions)
  const placed = new Map<string, PlacedLine[]>()
  for (const { at, status, offsetMs, of = '' } of captions) {
    if (status !== 'final' || offsetMs === undefined) continue
    const known = placed.get(of)
    if (known) known.push({ at, offsetMs })
    else placed.set(of, [{ at, offsetMs }])
  }
  if (placed.size === 0) return before
  return [
    ...before.filter(({ status }) => status === 'interim'),
    ...[...placed.values()].flatMap((lines) =>
      toPlacedLags(stretches, lines).map((ms): CaptionLag => ({ status: 'final', ms })),
    ),
  ]
}

/**
 * Each utterance (stretches of sound with pauses under 600 ms between them) gives at most two figures: the first interim
 * text, and the first final text, that came after its end and before the end of the next one; interim text only until
 * somebody speaks again, because from then on it is of what is being said. Text that comes while somebody still speaks has
 * no end of speech to be measured from, and gives none.
 */
function toLagsAfter(stretches: readonly Stretch[], captions: readonly Caption[]): CaptionLag[] {
  const ends = toUtteranceEnds(stretches)
  const begins = toNextBegins(stretches, ends)
  const lags: CaptionLag[] = []
  let next = 0
  ends.forEach((end, index) => {
    const until = Math.min(ends[index + 1] ?? Number.POSITIVE_INFINITY, end + longestMs)
    while ((captions[next]?.at ?? Number.POSITIVE_INFINITY) < end) next++
    const again = begins[index] ?? Number.POSITIVE_INFINITY
    const seen = new Set<Caption['status']>()
    for (let at = next; at < captions.length; at++) {
      const caption = captions[at]
      if (!caption || caption.at >= until) break
      if (seen.has(caption.status)) continue
      // After its final, interim text is of the next utterance.
      if (caption.status === 'interim' && (seen.has('final') || caption.at >= again)) continue
      seen.add(caption.status)
      lags.push({ status: caption.status, ms: caption.at - end })
    }
  })
  return lags
}

/** When somebody speaks again after each of these ends. */
function toNextBegins(stretches: readonly Stretch[], ends: readonly number[]): (number | undefined)[] {
  let next = 0
  return ends.map((end) => {
    while ((stretches[next]?.from ?? Number.POSITIVE_INFINITY) <= end) next++
    return stretches[next]?.from
  })
}

function toUtteranceEnds(stretches: readonly Stretch[]): number[] {
  return stretches.flatMap(({ to }, index) => {
    const next = stretches[index + 1]
    return to === undefined || (next && next.from - to < pauseMs) ? [] : [to]
  })
}
