// The quality of a call in one word with its reason, from the figures of each second. Pure. What a word means stands in
// docs/devices.md.
import { rate } from '../../common/figures/e-model.ts'
import type { Quality, QualityReason, SessionMedia } from '../../common/model/phone.ts'
import { createSteadyWord } from './quality-word.ts'
import type { StatsFigures } from './stats.ts'

export interface QualityLook {
  at: number
  figures: StatsFigures
  /** Not while one end holds the other. */
  theyShouldSend: boolean
  /** Not while we hold them. */
  weShouldSend: boolean
  microphone: SessionMedia['microphone']
}

export type Judged = Pick<SessionMedia, 'lossIn' | 'lossOut' | 'jitterMs' | 'roundTripMs' | 'mos' | 'quality'>

export interface QualityJudge {
  /** Once a second. */
  look(next: QualityLook): Judged
}

/** Loss and made-up sound are those of the last seconds, not of the whole call. */
const windowMs = 5_000
const silentMs = 3_000
/** Beside network and buffer: one packet of 20 ms at each end, and what sound cards keep. */
const ownDelayMs = 50
/** R of G.107 table B.1: "satisfied" from 80 on, "some users dissatisfied" from 70 on. */
const goodFrom = 80
const fairFrom = 70
/** Sound that the loudspeaker had to do without, as a share of all: too little of it is heard by nobody. */
const underrunFair = 0.03
const underrunPoor = 0.1
/** Asked for once a second: who is so late twice in a row has no time for sound either. */
const lateMs = 1_500

export function createQualityJudge(): QualityJudge {
  const looks: QualityLook[] = []
  const word = createSteadyWord()
  const moved = { in: createStill(), out: createStill() }
  let late = 0

  return {
    look(next) {
      const { at, figures } = next
      const last = looks.at(-1)
      late = last && at - last.at > lateMs ? late + 1 : 0
      // Before anything came, the engine fills the ear with sound of its own making.
      if (looks.every((one) => one.figures.packetsReceived === 0)) looks.length = 0
      looks.push(next)
      while (looks.length > 2 && at - (looks[1]?.at ?? at) >= windowMs) looks.shift()
      const seen = toSeen(looks[0]?.figures ?? figures, figures)
      const stillIn = moved.in(at, figures.packetsReceived, next.theyShouldSend)
      const stillOut = moved.out(at, figures.packetsSent, next.weShouldSend)
      const shown = toShown(seen)
      if (!next.theyShouldSend && !next.weShouldSend) {
        word.forget()
        return shown
      }
      const silence = toSilence(next.microphone, stillIn, stillOut)
      const found: Quality = silence ? { word: 'poor', reason: silence } : judge(seen, late >= 2)
      const quality = word.take(found, silence !== undefined)
      return quality ? { ...shown, quality } : shown
    },
  }
}

interface Seen {
  lossIn: number
  /** Of the sound that was played: lost, or too late for its turn. */
  madeUp: number
  lossOut: number | undefined
  jitterMs: number | undefined
  roundTripMs: number | undefined
  /** From mouth to ear without waiting, and the waiting for what is late. */
  wayMs: number
  bufferMs: number
  underrun: number
  mos: number
}

const share = (part: number, whole: number) => (whole > 0 ? Math.min(1, Math.max(0, part) / whole) : 0)

function toSeen(first: StatsFigures, now: StatsFigures): Seen {
  const lost = now.packetsLost - first.packetsLost
  const lossIn = share(lost, Math.max(0, lost) + now.packetsReceived - first.packetsReceived)
  const madeUp = share(now.concealed - first.concealed, now.played - first.played)
  const lossOut = now.remote?.share
  const emitted = now.emitted - first.emitted
  const bufferMs = emitted > 0 ? ((now.buffered - first.buffered) / emitted) * 1000 : 0
  const roundTripMs = now.remote?.roundTripMs
  const wayMs = (roundTripMs ?? 0) / 2 + ownDelayMs
  const loss = Math.max(lossIn, madeUp, lossOut ?? 0)
  return {
    lossIn,
    madeUp,
    lossOut,
    jitterMs: now.jitterMs,
    roundTripMs,
    wayMs,
    bufferMs,
    underrun: share(now.underrun - first.underrun, now.rendered - first.rendered),
    mos: rate({ loss, delayMs: wayMs + bufferMs }).mos,
  }
}

function toShown({ lossIn, lossOut, jitterMs, roundTripMs, mos }: Seen): Judged {
  return {
    lossIn,
    mos,
    ...(lossOut === undefined ? {} : { lossOut }),
    ...(jitterMs === undefined ? {} : { jitterMs }),
    ...(roundTripMs === undefined ? {} : { roundTripMs }),
  }
}

function judge(seen: Seen, late: boolean): Quality {
  const { lossIn, madeUp, lossOut = 0, wayMs, bufferMs, underrun } = seen
  if (underrun >= underrunPoor) return { word: 'poor', reason: 'busy' }
  const { r: rating } = rate({ loss: Math.max(lossIn, madeUp, lossOut), delayMs: wayMs + bufferMs })
  const word = rating >= goodFrom ? 'good' : rating >= fairFrom ? 'fair' : 'poor'
  if (word === 'good') return underrun >= underrunFair || late ? { word: 'fair', reason: 'busy' } : { word }
  return { word, reason: toBlame(seen) }
}

/** What takes most of the rating, each looked at alone. */
function toBlame({ lossIn, madeUp, lossOut = 0, wayMs, bufferMs }: Seen): QualityReason {
  const takes = (loss: number, delay: number) =>
    rate({ loss: 0, delayMs: 0 }).r - rate({ loss, delayMs: delay }).r
  const costs: [QualityReason, number][] = [
    ['lossIn', takes(lossIn, 0)],
    ['lossOut', takes(lossOut, 0)],
    // Made up though it was not lost, or kept back so that it need not be: it comes unevenly.
    ['jitter', (madeUp > 2 * lossIn ? takes(madeUp, 0) : 0) + takes(0, wayMs + bufferMs) - takes(0, wayMs)],
    ['delay', takes(0, wayMs)],
  ]
  return costs.reduce((most, one) => (one[1] > most[1] ? one : most))[0]
}

function toSilence(
  microphone: SessionMedia['microphone'],
  inMs: number,
  outMs: number,
): QualityReason | undefined {
  if (inMs >= silentMs) return 'noSoundIn'
  const mute = microphone === 'none' || microphone === 'digitalSilence'
  return mute || outMs >= silentMs ? 'noSoundOut' : undefined
}

/** How long a counter has stood still although it should grow, ms. */
function createStill() {
  let since: number | undefined
  let before = -1
  return (at: number, count: number, should: boolean): number => {
    if (!should || count !== before || since === undefined) since = at
    before = count
    return at - since
  }
}
