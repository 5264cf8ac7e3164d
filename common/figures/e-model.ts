// MOS by the E-model (ITU-T G.107, 06/2015) with its default values, and the codec's figures of G.113 appendix I.

/** What makes a call worse. Delays in ms, shares from 0 to 1. */
export interface Impairments {
  /** Mouth to ear, one way. */
  delayMs: number
  /** Of the packets: lost, or too late to be played. */
  loss: number
  /** 1 = losses fall at random; larger = in bursts (G.107 section 7.2). */
  burst?: number | undefined
  codec?: CodecImpairment | undefined
}

/** G.113 table I.3 (with concealment): what the codec costs by itself, and how it bears loss. */
export interface CodecImpairment {
  name: string
  ie: number
  bpl: number
}

/**
 * The platform carries every call as G.711 inside (contract A.4), whatever the window's own leg is coded in; with
 * concealment of lost packets, as browsers and the edge do it.
 */
export const g711: CodecImpairment = { name: 'G.711 with concealment', ie: 0, bpl: 25.1 }

/** R without delay, loss and codec, at all defaults of G.107 table 2. */
const ro = 94.7688
const is = 1.4136
const noise = -61.18
const rlr = 2
const telr = 65
const wepl = 110

export interface Rated {
  /** 0 to 100. */
  r: number
  /** 1 to 4.5. */
  mos: number
}

export function rate({ delayMs, loss, burst = 1, codec = g711 }: Impairments): Rated {
  const delay = Math.max(0, delayMs)
  const percent = Math.min(100, Math.max(0, loss * 100))
  const r = Math.min(100, Math.max(0, ro - is - delayImpairment(delay) - equipment(percent, burst, codec)))
  return { r, mos: toMos(r) }
}

/** Annex B. Below R = 6.5 the polynomial falls under 1, which no score can. */
export const toMos = (r: number): number =>
  r <= 0 ? 1 : Math.max(1, Math.min(4.5, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6))

/** Ie,eff, section 7.2. */
const equipment = (percent: number, burst: number, { ie, bpl }: CodecImpairment) =>
  percent === 0 ? ie : ie + ((95 - ie) * percent) / (percent / Math.max(1, burst) + bpl)

/** Id = Idte + Idle + Idd, section 7.4, with T = Ta and Tr = 2 Ta. */
function delayImpairment(delay: number): number {
  const terv =
    telr - 40 * Math.log10((1 + delay / 10) / (1 + delay / 150)) + 6 * Math.exp(-0.3 * delay * delay)
  const roe = -1.5 * (noise - rlr)
  const re = 80 + 2.5 * (terv - 14)
  const idte = (Math.sqrt(((roe - re) / 2) ** 2 + 100) + (roe - re) / 2 - 1) * (1 - Math.exp(-delay))
  const rle = 10.5 * (wepl + 7) * (2 * delay + 1) ** -0.25
  const idle = (ro - rle) / 2 + Math.sqrt(((ro - rle) / 2) ** 2 + 169)
  return Math.max(0, idte) + Math.max(0, idle) + direct(delay)
}

/** Idd: nothing up to 100 ms. */
function direct(delay: number): number {
  if (delay <= 100) return 0
  const x = Math.log10(delay / 100) / Math.log10(2)
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2)
}
