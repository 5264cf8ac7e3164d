// For how long a person at the phone hears the tone of somebody who plays two seconds of it.
import type { Scene } from './scene.ts'
import { tonePcm } from './tone.ts'
import { toneSeconds } from './tone-seconds.ts'

/** What a busy machine still has in its jitter buffer comes later: so long is listened on when little was heard, twice. */
const LONGER_S = 0.5
const ENOUGH_S = 1

/** Seconds, of two. */
export async function heardByUs(
  scene: Pick<Scene, 'ear'>,
  play: (pcm: Int16Array) => Promise<void>,
  hertz = 600,
): Promise<number> {
  const ear = await scene.ear()
  await play(tonePcm(hertz, 2))
  let pcm = await ear.pcm()
  for (let more = 0; more < 2 && toneSeconds(pcm, hertz) <= ENOUGH_S; more++) {
    await ear.until(pcm.length / 8_000 + LONGER_S)
    pcm = await ear.pcm()
  }
  await ear.stop()
  return toneSeconds(pcm, hertz)
}
