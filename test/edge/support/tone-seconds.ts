// For how long a tone is in a recording: blocks of 20 ms in which it has most of the energy.

const BLOCK = 160
/** Quieter is noise, however pure. */
const LOUD = 300

/** 8 kHz in, seconds out. A block is counted when half of its energy is at this frequency (Goertzel). */
export function toneSeconds(pcm: Int16Array, hertz: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * hertz) / 8_000)
  let blocks = 0
  for (let start = 0; start + BLOCK <= pcm.length; start += BLOCK) {
    let [before, last, energy] = [0, 0, 0]
    for (const sample of pcm.subarray(start, start + BLOCK)) {
      ;[before, last] = [last, sample + factor * last - before]
      energy += sample * sample
    }
    const power = last * last + before * before - factor * last * before
    const isLoud = Math.sqrt(energy / BLOCK) > LOUD
    if (isLoud && (2 * power) / BLOCK > energy / 2) blocks += 1
  }
  return (blocks * BLOCK) / 8_000
}
