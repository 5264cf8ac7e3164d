// Caption lag where the platform says at which place of the call each line began (tm_transcript, contract B.7): the line is
// measured at its own utterance, however late it comes and whatever was said meanwhile. Times in ms on any one clock.
import type { Stretch } from './speech.ts'

export interface PlacedLine {
  /** On the screen. */
  at: number
  /** Ms since the transcription began. */
  offsetMs: number
}

interface Spoken {
  from: number
  to: number
}

/** Where a line may begin beside its sound: what a recogniser and a meter take for a beginning differs by less. */
const besideMs = 500
/** Pauses shorter than this are inside an utterance. */
const pauseMs = 600
/** Longer than the pauses inside one utterance. */
const longestPauseMs = 1_200
const longestMs = 15_000
/** So many lines, the newest, find the place of the transcription's clock. */
const mostVoters = 30

/** Of one transcription, in the order of their places; the ms of each that can be told. */
export function toPlacedLags(stretches: readonly Stretch[], lines: readonly PlacedLine[]): number[] {
  const spoken = stretches.filter((one): one is Spoken => one.to !== undefined)
  const epoch = toEpoch(spoken, lines)
  if (epoch === undefined) return []
  const inOrder = [...lines].sort((a, b) => a.offsetMs - b.offsetMs)
  let next = 0
  return inOrder.flatMap(({ at, offsetMs }, index) => {
    const start = epoch + offsetMs
    while ((spoken[next]?.from ?? Number.POSITIVE_INFINITY) < start - besideMs) next++
    const following = inOrder[index + 1]
    const end = toEnd(spoken, next, start, at, following && epoch + following.offsetMs)
    if (end === undefined) return []
    const ms = at - end
    // Text that comes while somebody still speaks has no end of speech to be measured from.
    return ms < 0 || ms > longestMs ? [] : [ms]
  })
}

/**
 * Of the utterance that begins at `start`: its last sound before the next line begins, or before it was on the screen. Not
 * told where it is not clear: sound that follows the newest line may be its own or the next one's, and sound after a long
 * pause may be of nobody who was written down.
 */
function toEnd(
  spoken: readonly Spoken[],
  first: number,
  start: number,
  at: number,
  until: number | undefined,
) {
  const begins = spoken[first]
  if (!begins || begins.from > start + besideMs) return undefined
  let { to } = begins
  for (let i = first + 1; i < spoken.length; i++) {
    const more = spoken[i]
    if (!more || more.from >= Math.min(at, until === undefined ? at : until - besideMs)) break
    if (until === undefined || more.from - to >= longestPauseMs) return undefined
    to = more.to
  }
  return to
}

/**
 * When the transcription began, on the clock of the sounds: where the most lines begin where a sound begins. One line alone
 * tells it only where there was one sound.
 */
function toEpoch(spoken: readonly Spoken[], lines: readonly PlacedLine[]): number | undefined {
  const voters = lines.slice(-mostVoters)
  const votes = voters
    .flatMap(({ at, offsetMs }) =>
      spoken
        .filter(({ from }) => from < at && from > at - longestMs * 2)
        .map(({ from }) => ({ offsetMs, from, epoch: from - offsetMs })),
    )
    .sort((a, b) => a.epoch - b.epoch)
  if (lines.length === 1) return isOneUtterance(spoken) ? votes[0]?.epoch : undefined
  const best = toBest(votes)
  return best && best.lines >= Math.max(2, voters.length / 2) ? best.epoch : undefined
}

const isOneUtterance = (spoken: readonly Spoken[]) =>
  spoken.every(({ from }, i) => i === 0 || from - (spoken[i - 1]?.to ?? 0) < pauseMs)

interface Vote {
  offsetMs: number
  from: number
  epoch: number
}

/** The window of `besideMs` in which the most different places and different sounds agree; its middle vote. */
function toBest(votes: readonly Vote[]) {
  let best: { lines: number; epoch: number } | undefined
  let from = 0
  for (let to = 0; to < votes.length; to++) {
    while ((votes[to]?.epoch ?? 0) - (votes[from]?.epoch ?? 0) > besideMs) from++
    const inside = votes.slice(from, to + 1)
    const places = new Set(inside.map(({ offsetMs }) => offsetMs)).size
    const lines = Math.min(places, new Set(inside.map((vote) => vote.from)).size)
    const epoch = inside[Math.floor(inside.length / 2)]?.epoch
    if (epoch !== undefined && (!best || lines > best.lines)) best = { lines, epoch }
  }
  return best
}
