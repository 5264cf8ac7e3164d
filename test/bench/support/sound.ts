// Sound files for the microphone of a measured call: notes without a pause, or a room in which nobody speaks.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { toWav } from '../../../practice/voice/wav.ts'

const rate = 48_000

export function writeSound(folder: string, kind: 'tone' | 'hush'): string {
  const seconds = 5
  const notes = createNotes()
  const samples = Int16Array.from({ length: rate * seconds }, (_, i) =>
    kind === 'tone' ? notes(i) : (Math.random() - 0.5) * 8,
  )
  const file = path.join(folder, `${kind}.wav`)
  writeFileSync(file, toWav({ pcm: samples, rate }))
  return file
}

/** A new note every 60 ms: a steady tone is noise to the noise suppression, and gone after some seconds. */
function createNotes(): (i: number) => number {
  let seed = 7
  let hertz = 440
  return (i) => {
    if (i % (rate * 0.06) === 0) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      hertz = 250 + (seed % 1_400)
    }
    return 9_000 * Math.sin((2 * Math.PI * hertz * i) / rate)
  }
}
