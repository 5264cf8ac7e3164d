// The microphone of the phone in edge tests: a WAV file with words of its own, which the browser plays over and over.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { toWav } from '../../../practice/voice/wav.ts'
import { say } from '../speech/say.ts'
import { phoneSays } from '../speech/words.ts'

export interface Microphone {
  wav: string
  remove(): Promise<void>
}

/** `wav` is what `openEdgePhone` takes as its microphone. */
export async function makeMicrophone(text = phoneSays): Promise<Microphone> {
  const dir = await mkdtemp(path.join(tmpdir(), 'companion-microphone-'))
  const wav = path.join(dir, 'microphone.wav')
  const said = await say(text)
  // Half a second of silence between the rounds.
  const pcm = new Int16Array(said.length + 4_000)
  pcm.set(said)
  await writeFile(wav, toWav({ pcm, rate: 8_000 }))
  return { wav, remove: () => rm(dir, { recursive: true, force: true }) }
}
