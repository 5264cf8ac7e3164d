import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rate, toMos } from '../../../common/figures/e-model.ts'

it.each([
  [0, 0, 4.41],
  [150, 0, 4.33],
  [200, 0, 4.23],
  [300, 0, 3.71],
  [100, 0.01, 4.26],
  [100, 0.03, 4.05],
  [100, 0.05, 3.82],
  [100, 0.1, 3.29],
])('gives a delay of %i ms and a loss of %f the score that G.107 gives', (delayMs, loss, mos) => {
  expect(Math.abs(rate({ delayMs, loss }).mos - mos)).toBeLessThan(0.05)
})

const delays = fc.double({ min: 0, max: 5_000, noNaN: true })
const shares = fc.double({ min: 0, max: 1, noNaN: true })

it('never rises with a longer delay', () => {
  fc.assert(
    fc.property(delays, delays, shares, (a, b, loss) => {
      const [short, long] = [Math.min(a, b), Math.max(a, b)]
      expect(rate({ delayMs: long, loss }).mos).toBeLessThanOrEqual(rate({ delayMs: short, loss }).mos + 1e-9)
    }),
  )
})

it('never rises with more loss, or with loss in larger bursts', () => {
  const bursts = fc.double({ min: 1, max: 20, noNaN: true })
  fc.assert(
    fc.property(delays, shares, shares, bursts, bursts, (delayMs, a, b, c, d) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)]
      const [single, burst] = [Math.min(c, d), Math.max(c, d)]
      const better = rate({ delayMs, loss: less, burst: single }).mos
      expect(rate({ delayMs, loss: more, burst: single }).mos).toBeLessThanOrEqual(better + 1e-9)
      expect(rate({ delayMs, loss: less, burst }).mos).toBeLessThanOrEqual(better + 1e-9)
    }),
  )
})

it('never rises with a codec that costs more or bears less', () => {
  const codec = fc.record({
    ie: fc.double({ min: 0, max: 60, noNaN: true }),
    bpl: fc.double({ min: 1, max: 40, noNaN: true }),
  })
  fc.assert(
    fc.property(codec, codec, delays, shares, (a, b, delayMs, loss) => {
      const mos = (ie: number, bpl: number) => rate({ delayMs, loss, codec: { name: 'x', ie, bpl } }).mos
      const [good, bad] = [Math.min(a.ie, b.ie), Math.max(a.ie, b.ie)]
      expect(mos(bad, a.bpl)).toBeLessThanOrEqual(mos(good, a.bpl) + 1e-9)
      expect(mos(a.ie, Math.min(a.bpl, b.bpl))).toBeLessThanOrEqual(mos(a.ie, Math.max(a.bpl, b.bpl)) + 1e-9)
    }),
  )
})

it('stays between 1 and 4.5, also where the polynomial would fall below', () => {
  fc.assert(
    fc.property(fc.double({ min: -50, max: 150, noNaN: true }), (r) => {
      expect(toMos(r)).toBeGreaterThanOrEqual(1)
      expect(toMos(r)).toBeLessThanOrEqual(4.5)
    }),
  )
})
