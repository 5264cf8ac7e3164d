// The language of everything that main shows itself (tray, notifications, dialogs): the one chosen, or the system's.
import type { StoreApi } from 'zustand/vanilla'
import type { Log } from '../common/kit/log.ts'
import type { Scope } from '../common/kit/scope.ts'
import type { AppState } from '../common/model/app-state.ts'
import { toLanguage } from '../common/words/languages.ts'
import { loadLanguage } from '../common/words/load-language.ts'

interface LanguageParts {
  store: StoreApi<AppState>
  /** Of the system; nothing where no person reads along. */
  preferred: readonly string[] | undefined
  log: Log
}

/** The window is told when main speaks it: both change at once. */
export function followLanguage(scope: Scope, { store, preferred, log }: LanguageParts): void {
  if (!preferred) return
  let asked = store.getState().language
  const follow = ({ settings }: AppState) => {
    const language = toLanguage(settings.uiLanguage, preferred)
    if (language === asked) return
    asked = language
    loadLanguage(language).then(
      () => {
        if (language === asked && !scope.ended) store.setState({ language })
      },
      (thrown: unknown) => log.error(`the texts in ${language} could not be read`, thrown),
    )
  }
  follow(store.getState())
  scope.add(store.subscribe(follow))
}
