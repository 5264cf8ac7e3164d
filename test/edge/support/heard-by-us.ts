// For how long a person at the phone hears the tone of somebody who plays two seconds of it.
import type { Scene } from './scene.ts'
import { tonePcm } from './tone.ts'
import { toneSeconds } from './tone-seconds.ts'

/** Seconds. */
export async function heardByUs(
  scene: Pick<Scene, 'ear'>,
  play: (pcm: Int16Array) => Promise<void>,
  hertz = 600,
): Promise<number> {
  const ear = await scene.ear()
  await play(tonePcm(hertz, 2))
  return toneSeconds(await ear.stop(), hertz)
}
