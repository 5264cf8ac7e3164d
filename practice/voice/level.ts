// How loud a piece of sound is.

/** Root mean square, 0 to 32,767. */
export function levelOf(pcm: Int16Array): number {
  if (pcm.length === 0) return 0
  let sum = 0
  for (const sample of pcm) sum += sample * sample
  return Math.sqrt(sum / pcm.length)
}
