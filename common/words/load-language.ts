// Fetches the catalogue of a language when it is chosen, and speaks it from then on.
import type { Language } from './languages.ts'
import { speakIn } from './say.ts'

const catalogues = {
  ar: () => import('./catalogues/ar.ts'),
  ko: () => import('./catalogues/ko.ts'),
}

let wanted: Language = 'en'

/** Resolves when it is spoken; the last one asked for wins. */
export async function loadLanguage(language: Language): Promise<void> {
  wanted = language
  const { messages } = language === 'en' ? { messages: {} } : await catalogues[language]()
  if (wanted === language) speakIn(language, messages)
}
