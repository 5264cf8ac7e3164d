// The languages that the companion speaks, and which one a person gets.
import { z } from 'zod'

/** `formats`: how dates and numbers are written. Arabic with 0–9, as telephone numbers and clocks have them. */
export const languages = {
  en: { name: 'English', dir: 'ltr', formats: 'en-GB' },
  ar: { name: 'العربية', dir: 'rtl', formats: 'ar-u-nu-latn' },
  ko: { name: '한국어', dir: 'ltr', formats: 'ko' },
} as const

export const Language = z.enum(['en', 'ar', 'ko'])
export type Language = z.infer<typeof Language>

/** The first language of `preferred` (BCP 47, most wanted first) that is spoken here; else English. */
export function toLanguage(chosen: Language | 'system', preferred: readonly string[]): Language {
  if (chosen !== 'system') return chosen
  for (const tag of preferred) {
    const found = Language.safeParse(tag.toLowerCase().split(/[-_]/)[0])
    if (found.success) return found.data
  }
  return 'en'
}
