import { expect, it } from 'vitest'
import { toCaptionLags } from '../../../common/figures/caption-lag.ts'
import { toFigures } from '../../../common/figures/figures.ts'
import { aFlight, aLine, aSound } from '../../support/flight.ts'

const final = (at: number) => ({ at, status: 'final' as const })
const interim = (at: number) => ({ at, status: 'interim' as const })

it('measures from the end of the sound to the first text of each kind after it', () => {
  const lags = toCaptionLags(
    [{ from: 0, to: 1_000 }],
    [interim(400), interim(1_300), interim(1_500), final(1_900)],
  )
  expect(lags).toEqual([
    { status: 'interim', ms: 300 },
    { status: 'final', ms: 900 },
  ])
})

it('takes stretches with a short pause between them as one utterance', () => {
  const stretches = [
    { from: 0, to: 500 },
    { from: 900, to: 1_400 },
    { from: 3_000, to: 3_500 },
  ]
  expect(toCaptionLags(stretches, [final(1_700), final(4_000)])).toEqual([
    { status: 'final', ms: 300 },
    { status: 'final', ms: 500 },
  ])
})

it('gives nothing for text while somebody still speaks, and none for text long after', () => {
  expect(toCaptionLags([{ from: 0 }], [final(900)])).toEqual([])
  expect(toCaptionLags([{ from: 0, to: 100 }], [final(20_000)])).toEqual([])
})

it('takes interim text after its final for that of the next utterance', () => {
  expect(toCaptionLags([{ from: 0, to: 100 }], [final(400), interim(700)])).toEqual([
    { status: 'final', ms: 300 },
  ])
})

it('goes by when a line was painted, else by when it came, and leaves fetched lines out', () => {
  const flight = aFlight([
    aSound(0, 'ear', 'start'),
    aSound(1_000, 'ear', 'end'),
    aLine(1_500, 'a', 'one'),
    { kind: 'shown', t: 1_530, id: 'a', status: 'final' },
    aSound(5_000, 'ear', 'start'),
    aSound(6_000, 'ear', 'end'),
    aLine(6_700, 'b', 'two'),
    aSound(9_000, 'microphone', 'start'),
    aSound(9_500, 'microphone', 'end'),
    aLine(9_800, 'c', 'three', { direction: 'in', source: 'rest' }),
  ])
  expect(toFigures(flight).captionFinalMs).toMatchObject({ count: 2, p50: 530, most: 700 })
})

it('takes interim text of the next utterance for none of this one', () => {
  const stretches = [
    { from: 0, to: 1_000 },
    { from: 9_000, to: 11_000 },
  ]
  expect(toCaptionLags(stretches, [final(950), interim(10_000), interim(11_400)])).toEqual([
    { status: 'interim', ms: 400 },
  ])
})
