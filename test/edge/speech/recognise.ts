// Which words of a small vocabulary are in a sound: pocketsphinx with a grammar, so that it cannot guess others.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findProgram, run } from '../../../practice/voice/child.ts'
import { toWav } from '../../../practice/voice/wav.ts'
import { toWideband } from '../../../practice/voice/wideband.ts'
import { type Vocabulary, vocabularies } from './words.ts'

/** The words in their order; none in silence. 8 kHz. */
export async function recognise(pcm: Int16Array, vocabulary: Vocabulary): Promise<string[]> {
  const program = await findProgram('pocketsphinx_continuous')
  if (!program)
    throw new Error('pocketsphinx is not installed: apt-get install pocketsphinx pocketsphinx-en-us')
  const dir = await mkdtemp(path.join(tmpdir(), 'companion-heard-'))
  try {
    const sound = path.join(dir, 'heard.wav')
    const grammar = path.join(dir, 'words.gram')
    await writeFile(sound, toWav(toWideband(pcm)))
    await writeFile(grammar, toGrammar(vocabulary))
    const args = ['-infile', sound, '-jsgf', grammar, '-logfn', '/dev/null']
    const said = await run(program, args, { timeoutMs: 60_000, mostBytes: 100_000 })
    return said.toString('utf8').split(/\s+/).filter(Boolean)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function toGrammar(vocabulary: Vocabulary): string {
  const words = vocabularies[vocabulary].replaceAll(' ', ' | ')
  return `#JSGF V1.0;\ngrammar words;\npublic <said> = ( ${words} )+ ;\n`
}

/**
 * The share of the vocabulary that was heard in its order, 0 to 1: the longest common subsequence, so that words
 * before and behind it do no harm.
 */
export async function share(pcm: Int16Array, vocabulary: Vocabulary): Promise<number> {
  const heard = await recognise(pcm, vocabulary)
  const wanted = vocabularies[vocabulary].split(' ')
  return common(heard, wanted) / wanted.length
}

function common(one: readonly string[], other: readonly string[]): number {
  let row = new Array<number>(other.length + 1).fill(0)
  for (const word of one) {
    const next = [0]
    other.forEach((wanted, i) => {
      next.push(word === wanted ? (row[i] ?? 0) + 1 : Math.max(row[i + 1] ?? 0, next[i] ?? 0))
    })
    row = next
  }
  return row.at(-1) ?? 0
}
