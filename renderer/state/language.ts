// The window's language is main's: its texts, its direction, and everything drawn anew when it changes.
import { useSyncExternalStore } from 'react'
import type { Scope } from '../../common/kit/scope.ts'
import type { Language } from '../../common/words/languages.ts'
import { loadLanguage } from '../../common/words/load-language.ts'
import { onLanguage, toDirection, toLanguageNow } from '../../common/words/say.ts'
import type { CopyStore } from './copy-store.ts'

/** Main answers within milliseconds; if it does not, the window opens in English and follows. */
const patienceMs = 300

/** Resolves when the language is known, so that nobody sees another one first. */
export function followLanguage(scope: Scope, copy: CopyStore): Promise<void> {
  let asked: Language = 'en'
  return new Promise((known) => {
    scope.after(patienceMs, known)
    const follow = () => {
      const { link, app } = copy.getState()
      if (link.status !== 'live') return
      if (app.language === asked) return known()
      asked = app.language
      // Without its catalogue the window goes on in the language it has.
      loadLanguage(asked).then(known, known)
    }
    scope.add(copy.subscribe(follow))
    scope.add(onLanguage(toDocument))
  })
}

/** Screen readers choose a voice, and the page its direction, by these. */
export function toDocument(): void {
  document.documentElement.lang = toLanguageNow()
  document.documentElement.dir = toDirection()
}

/** Draws a component anew in another language; whoever is memoised needs it. */
export const useLanguage = (): Language => useSyncExternalStore(onLanguage, toLanguageNow)
