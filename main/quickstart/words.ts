// Small words of the proofs: times, ages and quotations.
import { say } from '../../common/words/say.ts'

/** `38 ms`, `1.4 s`. */
export function duration(ms: number): string {
  const whole = Math.max(0, Math.round(ms))
  return whole < 1000 ? say('{n} ms', { n: whole }) : say('{n} s', { n: (whole / 1000).toFixed(1) })
}

/** A text in quotation marks, cut at a word. */
export function quote(text: string, limit = 60): string {
  const plain = text.trim().replaceAll(/\s+/g, ' ')
  const characters = [...plain]
  if (characters.length <= limit) return `“${plain}”`
  return `“${characters
    .slice(0, limit)
    .join('')
    .replace(/\s\S*$/, '')} …”`
}

export const short = (id: string) => id.slice(0, 8)
