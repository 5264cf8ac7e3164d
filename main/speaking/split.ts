// Cuts a text into pieces that one `say` takes: at most 5,000 UTF-8 bytes (contract C.6), at sentence ends where possible.
import { sayLimitBytes } from '../../common/model/speaking.ts'

type Grain = 'sentence' | 'word' | 'grapheme'
const finer: Record<Grain, Grain | 'codePoint'> = {
  sentence: 'word',
  word: 'grapheme',
  grapheme: 'codePoint',
}

const bytes = (text: string) => Buffer.byteLength(text, 'utf8')

/** Nothing for a text of white space only. Never splits a code point; splits a word only when it alone is too long. */
export function splitText(text: string, limit = sayLimitBytes, language = 'en'): string[] {
  // A lone surrogate cannot be sent as UTF-8; it would grow to three bytes of replacement.
  const clean = text.replaceAll(/\p{Surrogate}/gu, '\uFFFD').trim()
  if (clean === '') return []
  if (bytes(clean) <= limit) return [clean]
  return pack(partsOf(clean, 'sentence', limit, language), limit)
}

function partsOf(text: string, grain: Grain | 'codePoint', limit: number, language: string): string[] {
  if (grain === 'codePoint') return [...text]
  const segments = new Intl.Segmenter(language, { granularity: grain }).segment(text)
  return [...segments].flatMap(({ segment }) =>
    bytes(segment) <= limit ? [segment] : partsOf(segment, finer[grain], limit, language),
  )
}

/** As many whole parts a piece as fit. */
function pack(parts: readonly string[], limit: number): string[] {
  const pieces: string[] = []
  let piece = ''
  let size = 0
  for (const part of parts) {
    const more = bytes(part)
    if (size > 0 && size + more > limit) {
      pieces.push(piece)
      piece = ''
      size = 0
    }
    piece += part
    size += more
  }
  pieces.push(piece)
  return pieces.map((each) => each.trim()).filter((each) => each !== '')
}
