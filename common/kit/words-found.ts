// How much of what was said stands in what was transcribed: the share of its words, 0 to 1.

const segmenters = new Map<string, Intl.Segmenter>()

export function wordsOf(text: string, language = 'en'): string[] {
  let segmenter = segmenters.get(language)
  if (!segmenter) {
    segmenter = new Intl.Segmenter(language, { granularity: 'word' })
    segmenters.set(language, segmenter)
  }
  const words: string[] = []
  // Accents and width differ between keyboards and recognisers.
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
  for (const { segment, isWordLike } of segmenter.segment(plain)) {
    if (isWordLike) words.push(segment.replaceAll(/['’]/g, ''))
  }
  return words
}

/** Each word counts as often as it was said; a text without words is found in nothing. */
export function wordsFound(said: string, transcribed: string, language = 'en'): number {
  const wanted = wordsOf(said, language)
  if (wanted.length === 0) return 0
  const heard = new Map<string, number>()
  for (const word of wordsOf(transcribed, language)) heard.set(word, (heard.get(word) ?? 0) + 1)
  let found = 0
  for (const word of wanted) {
    const left = heard.get(word) ?? 0
    if (left === 0) continue
    heard.set(word, left - 1)
    found++
  }
  return found / wanted.length
}
