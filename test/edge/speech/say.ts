// Speech by flite, whose voices the recogniser understands (espeak-ng's it does not).
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findProgram, run } from '../../../practice/voice/child.ts'
import { toTelephoneRate } from '../../../practice/voice/resample.ts'
import { parseWav } from '../../../practice/voice/wav.ts'

const spoken = new Map<string, Promise<Int16Array>>()

/** 8 kHz. The same text is made once. */
export function say(text: string, voice: 'rms' | 'slt' = 'rms'): Promise<Int16Array> {
  const key = `${voice} ${text}`
  const known = spoken.get(key)
  if (known) return known
  const made = synthesise(text, voice)
  spoken.set(key, made)
  return made
}

async function synthesise(text: string, voice: string): Promise<Int16Array> {
  const program = await findProgram('flite')
  if (!program) throw new Error('flite is not installed: apt-get install flite')
  const dir = await mkdtemp(path.join(tmpdir(), 'companion-say-'))
  try {
    const file = path.join(dir, 'said.wav')
    await run(program, ['-voice', voice, '-t', text, '-o', file], { timeoutMs: 20_000, mostBytes: 10_000 })
    const sound = parseWav(await readFile(file))
    if (!sound) throw new Error('flite wrote no sound')
    return toTelephoneRate(sound.pcm, sound.rate)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** `pcm` over and over until `seconds` are full, with a pause of 0.4 s between. */
export function repeat(pcm: Int16Array, seconds: number): Int16Array {
  const out = new Int16Array(Math.round(seconds * 8_000))
  for (let at = 0; at < out.length; at += pcm.length + 3_200) out.set(pcm.subarray(0, out.length - at), at)
  return out
}
