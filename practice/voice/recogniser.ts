// Words out of speech by the system's pocketsphinx, as well as it can. One utterance at a time, in a child of low priority.
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pcm, Recogniser } from '../line.ts'
import { findProgram, run } from './child.ts'
import { toWav } from './wav.ts'
import { toWideband } from './wideband.ts'

const MODEL = '/usr/share/pocketsphinx/model/en-us'
const TIMEOUT_MS = 15_000
/** Behind this many nobody waits for the words any more. */
const MOST_WAITING = 8

const none: Recogniser = { name: 'none', recognise: () => Promise.resolve(undefined) }

export async function openRecogniser(): Promise<Recogniser> {
  const program = await findProgram('pocketsphinx_continuous')
  const parts = ['en-us/mdef', 'en-us.lm.bin', 'cmudict-en-us.dict'].map((part) => join(MODEL, part))
  const complete = await Promise.all(parts.map((part) => access(part))).then(
    () => true,
    () => false,
  )
  if (!program || !complete) return none
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    name: 'pocketsphinx',
    async recognise(pcm) {
      if (waiting >= MOST_WAITING || pcm.length === 0) return undefined
      waiting++
      const words = last.then(() => listen(program, pcm)).catch(() => undefined)
      last = words
      return words.finally(() => {
        waiting--
      })
    },
  }
}

async function listen(program: string, pcm: Pcm): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'voipbin-practice-'))
  try {
    const file = join(folder, 'utterance.wav')
    await writeFile(file, toWav(toWideband(pcm)))
    const args = [
      ...['-infile', file, '-logfn', process.platform === 'win32' ? 'NUL' : '/dev/null'],
      ...['-hmm', join(MODEL, 'en-us'), '-lm', join(MODEL, 'en-us.lm.bin')],
      ...['-dict', join(MODEL, 'cmudict-en-us.dict')],
      // The same words for three quarters of the work.
      ...['-maxhmmpf', '10000', '-maxwpf', '20'],
    ]
    const said = await run(program, args, { timeoutMs: TIMEOUT_MS, mostBytes: 100_000, polite: true })
    const words = said.toString('utf8').replace(/\s+/g, ' ').trim()
    return words === '' ? undefined : words
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
