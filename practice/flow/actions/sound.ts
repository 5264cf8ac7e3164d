// `beep` and `play`: sounds that are not speech. Practice fetches nothing: each stream of `play` is a short melody.
import { type Action, amount } from '../action.ts'

const rate = 8000

export const beep: Action = async ({ live, signal }) => {
  await live.mouth.play(tone(880, 200), signal)
}

export const play: Action = async ({ live, signal }, option) => {
  const streams = Array.isArray(option.stream_urls) ? option.stream_urls.length : 0
  for (let turn = 0; turn < amount(streams, 0, 10); turn++)
    for (const pitch of [523, 659, 784]) await live.mouth.play(tone(pitch, 180), signal)
}

/** A sine that swells and fades, so that it does not click. */
export function tone(hertz: number, ms: number): Int16Array {
  const samples = Math.round((ms / 1000) * rate)
  const fade = rate / 100
  return Int16Array.from({ length: samples }, (_, index) => {
    const edge = Math.min(1, index / fade, (samples - index) / fade)
    return Math.round(Math.sin((2 * Math.PI * hertz * index) / rate) * 8000 * edge)
  })
}
