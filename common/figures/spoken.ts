// Typed text on its way into the call: when it was heard, when it fell silent, and whether it is what was transcribed.
import type { FlightRecord, RecordItem } from '../model/record.ts'
import { phrase } from '../words/say.ts'
import { type Spread, toSpread } from './figure.ts'
import { type Stretch, soundMs, toStretches } from './speech.ts'
import { compareWords, couldShare, type WordComparison, type WordPiece } from './words.ts'

type Say = Extract<RecordItem, { kind: 'say' }>
type Line = Extract<RecordItem, { kind: 'line' }>

/** One typed text: what was said, what was heard of it, what was written down. */
export interface SpokenFigure {
  id: string
  said: string
  sentT: number | undefined
  /** From the request to the first sound of it in the ear. */
  heardMs: number | null
  /** How long there was sound in the ear from then to the next text, or to its line. */
  soundMs: number | null
  /** The line that was taken for it; nothing when none came. */
  transcribed: string | null
  /** Share of the said words that are wrong, missing or too many (word error rate); can be over 1. */
  wordErrors: number | null
  pieces: WordPiece[]
}

export function toSpoken({ items }: Pick<FlightRecord, 'items'>): SpokenFigure[] {
  const says = items.filter((item): item is Say => item.kind === 'say')
  const ear = toStretches(items, 'ear')
  const lines = items.filter(
    (item): item is Line => item.kind === 'line' && item.direction === 'out' && item.status === 'final',
  )
  const ids = [...new Set(says.map(({ id }) => id))]
  const sentTimes = says.flatMap(({ status, t }) => (status === 'sent' ? [t] : [])).sort((a, b) => a - b)
  const free = new Set(lines)
  return ids.flatMap((id) => {
    const own = says.filter((say) => say.id === id)
    const text = own.at(-1)?.text ?? ''
    const sentT = own.find(({ status }) => status === 'sent')?.t
    if (sentT === undefined) return []
    const nextT = sentTimes.find((t) => t > sentT) ?? Number.POSITIVE_INFINITY
    const heardT = own.find(({ status }) => status === 'heard')?.t ?? findSound(ear, sentT, nextT)
    const { line, words } = findLine(text, sentT, free) ?? {}
    if (line) free.delete(line)
    return [
      {
        id,
        said: text,
        sentT,
        heardMs: heardT === undefined ? null : heardT - sentT,
        soundMs: heardT === undefined ? null : within(ear, heardT, Math.min(nextT, line?.t ?? nextT)),
        transcribed: line?.text ?? null,
        wordErrors: words?.errorRate ?? null,
        pieces: words?.pieces ?? [{ text, in: 'said' }],
      },
    ]
  })
}

/** Where the call did not say which sound was this text: the first one after it, if nothing was sounding when it was sent. */
function findSound(ear: readonly Stretch[], sentT: number, nextT: number): number | undefined {
  if (ear.some(({ from, to }) => from < sentT && (to ?? Number.POSITIVE_INFINITY) > sentT)) return undefined
  return ear.find(({ from }) => from >= sentT && from < nextT)?.from
}

/** A line that comes later than this is another one's. */
const furthestMs = 60_000

/** The line after it that shares most of its words, and at least half of them. */
function findLine(said: string, after: number, lines: ReadonlySet<Line>) {
  let best: { line: Line; words: WordComparison; share: number } | undefined
  for (const line of lines) {
    if (line.t < after || line.t > after + furthestMs) continue
    // Cheap, and most lines are other ones.
    if (couldShare(said, line.text) < 0.5) continue
    const words = compareWords(said, line.text)
    const share = words && words.count > 0 ? words.shared / words.count : 0
    if (words && share >= 0.5 && share > (best?.share ?? 0)) best = { line, words, share }
  }
  return best
}

const within = (stretches: readonly Stretch[], from: number, to: number) =>
  soundMs(stretches.map((one) => ({ from: Math.max(from, one.from), to: Math.min(to, one.to ?? to) })))

/** Say → heard, p50 and p95. */
export const toHeardSpread = (spoken: readonly SpokenFigure[]): Spread =>
  toSpread(
    spoken.flatMap(({ heardMs }) => (heardMs === null ? [] : [heardMs])),
    spoken.length === 0
      ? phrase('Nothing was typed to be spoken.')
      : phrase('Nothing that was typed was heard.'),
  )

/** So long nothing more may come, or it was not silence. */
const quietMs = 300

/** From each flush or stop to the end of the sound that was in the ear then. */
export function toSilenceSpread({ items }: Pick<FlightRecord, 'items'>): Spread {
  const asked = items.filter(
    (item) => item.kind === 'action' && /^speaking\.(flush|stop|silence)$/.test(item.title),
  )
  const ear = toStretches(items, 'ear')
  const took = asked.flatMap(({ t }) => {
    const sounding = ear.find(({ from, to }) => from <= t && (to ?? Number.POSITIVE_INFINITY) > t - quietMs)
    return sounding?.to === undefined || sounding.to < t ? [] : [sounding.to - t]
  })
  return toSpread(
    took,
    asked.length === 0
      ? phrase('Nobody asked for silence.')
      : phrase('Nothing was sounding when silence was asked for.'),
  )
}
