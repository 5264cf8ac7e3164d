// Speech by the system's espeak-ng: the text goes in over stdin, so no text can become an option.
import type { Pcm, Voice } from '../line.ts'
import { findProgram, run } from './child.ts'
import { toTelephoneRate } from './resample.ts'
import { parseWav } from './wav.ts'

const TIMEOUT_MS = 20_000
/** Twenty minutes at 22 kHz: more than 5,000 bytes of text ever take. */
const MOST_BYTES = 20 * 60 * 22_050 * 2

/** Languages as the platform writes them (BCP 47) where espeak-ng's word differs; the rest is tried by its first part. */
const voices: Record<string, string> = {
  'en-us': 'en-us',
  'en-gb': 'en-gb',
  en: 'en-us',
  'es-mx': 'es-419',
  'fr-ca': 'fr-fr',
  fr: 'fr-fr',
  'pt-br': 'pt-br',
  zh: 'cmn',
  no: 'nb',
}

export function toEspeakVoice(language: string): string {
  const tag = language.trim().toLowerCase().replaceAll('_', '-')
  const first = tag.split('-')[0] ?? ''
  const voice = voices[tag] ?? voices[first] ?? first
  // Only what can be a name goes on a command line.
  return /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/.test(voice) ? voice : 'en-us'
}

/** `[[` begins phonemes for espeak-ng and control characters begin commands; people mean neither. */
export function toSpeakable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly what must go
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').replaceAll('[[', '[ [')
}

export async function openEspeak(): Promise<Voice | undefined> {
  const program = await findProgram('espeak-ng')
  if (!program) return undefined
  const about = await run(program, ['--version'], { timeoutMs: 3_000, mostBytes: 10_000 }).catch(
    () => undefined,
  )
  const version = /(\d+\.\d+(?:\.\d+)?)/.exec(about?.toString('utf8') ?? '')?.[1]
  if (version === undefined) return undefined
  return {
    name: `espeak-ng ${version}`,
    async synthesise(text, language) {
      const voice = toEspeakVoice(language)
      // An unknown voice ends espeak-ng with an error; English is better than nothing.
      return speak(program, text, voice).catch((error) => {
        if (voice === 'en-us') throw error
        return speak(program, text, 'en-us')
      })
    },
  }
}

async function speak(program: string, text: string, voice: string): Promise<Pcm> {
  const args = ['-v', voice, '-b', '1', '--stdin', '--stdout']
  const bytes = await run(program, args, {
    input: toSpeakable(text),
    timeoutMs: TIMEOUT_MS,
    mostBytes: MOST_BYTES,
  })
  // Nothing speakable (a lone emoji): espeak-ng writes nothing at all.
  const sound = parseWav(bytes)
  return sound ? toTelephoneRate(sound.pcm, sound.rate) : new Int16Array(0)
}
