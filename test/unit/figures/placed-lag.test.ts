// The lag of lines whose place in the call is known: each at its own utterance, and none that is made up.
import { expect, it } from 'vitest'
import { toCaptionLags } from '../../../common/figures/caption-lag.ts'
import { toPlacedLags } from '../../../common/figures/placed-lag.ts'

/** The transcription began here on the clock of the sounds; sounds begin a little later than their lines say. */
const epoch = 7_000
const sound = (from: number, to: number) => ({ from: epoch + from + 90, to: epoch + to })
const line = (from: number, at: number) => ({ offsetMs: from, at: epoch + at })

it('is that of the own utterance, also when another one has ended meanwhile', () => {
  const stretches = [sound(0, 2_000), sound(2_900, 3_800), sound(9_000, 11_000)]
  const lines = [line(0, 5_000), line(2_900, 6_800), line(9_000, 14_000)]
  expect(toPlacedLags(stretches, lines)).toEqual([3_000, 3_000, 3_000])
})
it('counts from the last sound of an utterance with pauses in it', () => {
  const stretches = [sound(0, 1_000), sound(1_900, 3_000), sound(8_000, 9_000)]
  expect(toPlacedLags(stretches, [line(0, 3_700), line(8_000, 9_700)])).toEqual([700, 700])
})
it('finds the place of lines that follow each other without a pause', () => {
  const stretches = [sound(0, 6_700), sound(7_300, 10_200), sound(10_500, 12_600)]
  expect(toPlacedLags(stretches, [line(0, 13_200), line(10_500, 15_600)])).toEqual([3_000, 3_000])
})
it('waits with the newest line for the next one where sound followed after a short pause', () => {
  const stretches = [sound(0, 1_000), sound(8_000, 9_000), sound(9_700, 10_500)]
  const lines = [line(0, 1_700), line(8_000, 12_000)]
  expect(toPlacedLags(stretches, lines)).toEqual([700])
  expect(toPlacedLags(stretches, [...lines, line(9_700, 13_500)])).toEqual([700, 3_000, 3_000])
})
it('is not told where somebody was heard between two lines whom nobody wrote down', () => {
  const stretches = [sound(0, 1_000), sound(3_000, 3_400), sound(8_000, 9_000)]
  expect(toPlacedLags(stretches, [line(0, 4_500), line(8_000, 9_700)])).toEqual([700])
})
it('of one line alone is told only where there was one sound', () => {
  expect(toPlacedLags([sound(0, 1_000)], [line(0, 1_600)])).toEqual([600])
  expect(toPlacedLags([sound(0, 1_000), sound(2_000, 3_000)], [line(0, 3_600)])).toEqual([])
})
it('is not told where lines and sounds do not belong together', () => {
  const stretches = [sound(0, 1_000), sound(4_000, 5_000), sound(9_100, 9_900)]
  expect(toPlacedLags(stretches, [line(0, 1_500), line(1_700, 5_500), line(3_100, 10_500)])).toEqual([])
  expect(toPlacedLags([], [line(0, 1_500)])).toEqual([])
})
it('is not told where all lines have the same place', () => {
  const stretches = [sound(0, 1_000), sound(4_000, 5_000), sound(8_000, 9_000)]
  const lines = [1_700, 5_700, 9_700].map((at) => ({ ...line(0, at), offsetMs: 0 }))
  expect(toPlacedLags(stretches, lines)).toEqual([])
})
it('is not told of a line without a sound, or that came before its sound had ended', () => {
  const stretches = [sound(0, 1_000), sound(4_000, 8_000), sound(20_000, 21_000)]
  const lines = [line(0, 1_500), line(4_000, 6_000), line(14_000, 15_000), line(20_000, 21_500)]
  expect(toPlacedLags(stretches, lines)).toEqual([500, 500])
})
it('is told of two transcriptions of one call, each on its own clock', () => {
  const stretches = [sound(0, 1_000), sound(4_000, 5_000)]
  const finals = [
    { ...line(0, 1_500), of: 'a' },
    { ...line(0, 2_000), offsetMs: 500, of: 'b' },
    { ...line(4_000, 5_500), of: 'a' },
    { ...line(4_000, 6_000), offsetMs: 4_500, of: 'b' },
  ].map((one) => ({ ...one, status: 'final' as const }))
  expect(toCaptionLags(stretches, finals).map(({ ms }) => ms)).toEqual([500, 500, 1_000, 1_000])
})
