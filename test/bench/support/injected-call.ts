// A call whose delays are known, because they were put into it: its sound goes through the meters' edges, everything
// through the recorder, and what is computed from the record is compared.

import { toCaptionLags } from '../../../common/figures/caption-lag.ts'
import { toFigures } from '../../../common/figures/figures.ts'
import { toStretches } from '../../../common/figures/speech.ts'
import { toSpoken } from '../../../common/figures/spoken.ts'
import type { RecordItem } from '../../../common/model/record.ts'
import { createRecordClock } from '../../../main/record/clock.ts'
import { createSoundEdges, frameMs } from '../../../renderer/phone/sound-edges.ts'
import { aFlight } from '../../support/flight.ts'

const utterances = 12
/** Wall clock of the audio thread, at the beginning of the call. */
const wallStart = 1_800_000_000_000

/** How far each computed delay is off, ms. */
export function compareWithTruth(seed: number): number[] {
  const chance = createChance(seed + 1)
  const between = (from: number, to: number) => from + chance() * (to - from)
  let wall = wallStart
  const clock = createRecordClock(
    () => wall - wallStart + 250,
    () => wall,
  )
  const origin = clock.of(wallStart)
  const items: RecordItem[] = []
  const put = (at: number, item: object) => items.push({ ...item, t: clock.of(at) - origin } as RecordItem)
  const edges = createSoundEdges()
  const take = (rms: number, end: number) => {
    // The message comes a little after the frame, as from another thread.
    wall = end + between(0, 15)
    const edge = edges.push(rms, end)
    if (edge) put(edge.at, { kind: 'sound', where: 'ear', edge: edge.edge })
  }
  const lags: number[] = []
  const heards: number[] = []
  let at = wallStart
  const quiet = (length: number) => {
    for (const until = at + length; at < until; at += frameMs) take(0.0005 * chance(), at + frameMs)
  }
  for (let n = 0; n < utterances; n++) {
    quiet(2_000)
    const heard = between(200, 900)
    const sentAt = at
    wall = sentAt
    put(sentAt, { kind: 'say', id: `s${n}`, status: 'sent', text: `text number ${n}` })
    quiet(heard)
    const beginsAt = at + between(0, frameMs)
    put(at, { kind: 'say', id: `s${n}`, status: 'heard', text: `text number ${n}` })
    heards.push(beginsAt - sentAt)
    for (const until = at + between(900, 3_000); at < until; at += frameMs) take(0.1, at + frameMs)
    const lag = between(80, 1_500)
    // Speech ends anywhere within its last frame.
    const end = at - between(0, frameMs)
    quiet(lag)
    wall = end + lag
    put(end + lag, {
      kind: 'line',
      id: `l${n}`,
      direction: 'out',
      status: 'final',
      text: `text number ${n}`,
      source: 'event',
    })
    lags.push(lag)
  }
  quiet(600)
  items.sort((a, b) => a.t - b.t)
  const computed = toCaptionLags(
    toStretches(items, 'ear'),
    items.flatMap((item) => (item.kind === 'line' ? [{ at: item.t, status: item.status }] : [])),
  )
  const spoken = toSpoken({ items })
  if (computed.length !== lags.length || toFigures(aFlight(items)).captionFinalMs.count !== lags.length) {
    throw new Error(`${computed.length} lags of ${lags.length} were found`)
  }
  return [
    ...lags.map((lag, index) => Math.abs(lag - (computed[index]?.ms ?? Number.NaN))),
    ...heards.map((heard, index) => Math.abs(heard - (spoken[index]?.heardMs ?? Number.NaN))),
  ]
}

function createChance(seed: number) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
