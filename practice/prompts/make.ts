// Makes recorded.ts from texts.ts with the system's espeak-ng. Run by hand: node practice/prompts/make.ts
import { writeFile } from 'node:fs/promises'
import { encodeUlaw } from '../media/g711.ts'
import { openEspeak } from '../voice/espeak.ts'
import { digitNames, sentences } from './texts.ts'

/** All prompts together, as text: they are part of every build. */
const MOST_CHARACTERS = 300_000

const voice = await openEspeak()
if (!voice) throw new Error('espeak-ng is needed to make the prompts: apt-get install espeak-ng')

const texts = { ...sentences, ...Object.fromEntries(digitNames.map((name) => [name, name])) }
const lines: string[] = []
for (const [name, text] of Object.entries(texts)) {
  const pcm = await voice.synthesise(text, 'en-US')
  lines.push(`  ${name}: '${Buffer.from(encodeUlaw(trim(pcm))).toString('base64')}',`)
}
const file = [
  `// Made by make.ts with ${voice.name}: do not edit. G.711 µ-law, 8 kHz, as base64, so that it survives bundling.`,
  '',
  'export const recorded: Readonly<Record<string, string>> = {',
  ...lines,
  '}',
  '',
].join('\n')
if (file.length > MOST_CHARACTERS) throw new Error(`too big: ${file.length} characters`)
await writeFile(new URL('recorded.ts', import.meta.url), file)
console.log(`recorded.ts: ${Object.keys(texts).length} prompts, ${file.length} characters`)

/** Without the silence at the ends, which espeak-ng is generous with; 40 ms of it stay. */
function trim(pcm: Int16Array): Int16Array {
  const loud = (sample: number) => Math.abs(sample) > 200
  const first = Math.max(0, pcm.findIndex(loud) - 320)
  const last = Math.min(pcm.length, pcm.findLastIndex(loud) + 320)
  return pcm.slice(first, last)
}
