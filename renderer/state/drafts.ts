// What a person has half typed, kept with the call it is meant for: after a swap nobody else is told it.
import type { Scope } from '../../common/kit/scope.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import { isLive } from '../view/sessions.ts'
import type { Companion } from './companion.tsx'
import type { PerCall, UiStore } from './ui-store.ts'

const withText = (texts: PerCall, sessionId: string, text: string | undefined): PerCall => {
  const { [sessionId]: _, ...rest } = texts
  return text ? { ...rest, [sessionId]: text } : rest
}

export const writeDraft = (ui: UiStore, sessionId: string, text: string): void =>
  ui.setState(({ drafts }) => ({ drafts: withText(drafts, sessionId, text) }))

/** What could not be said, unless something new is typed already. */
export const putBack = (ui: UiStore, sessionId: string, text: string): void => {
  if (!ui.getState().drafts[sessionId]) writeDraft(ui, sessionId, text)
}

/** Asks for what this phrase needs; nothing: no longer. */
export const askFor = (ui: UiStore, sessionId: string, phraseId: string | undefined): void =>
  ui.setState(({ asking }) => ({ asking: withText(asking, sessionId, phraseId) }))

/** With a call ends what was typed for it. */
export function followDrafts(scope: Scope, { phone, ui }: Pick<Companion, 'phone' | 'ui'>): void {
  const forget = ({ sessions }: PhoneState) => {
    const { drafts, asking } = ui.getState()
    const live = new Set(sessions.filter(isLive).map(({ id }) => id))
    const keep = (texts: PerCall) => Object.fromEntries(Object.entries(texts).filter(([id]) => live.has(id)))
    const isOver = (id: string) => !live.has(id)
    if ([...Object.keys(drafts), ...Object.keys(asking)].some(isOver)) {
      ui.setState({ drafts: keep(drafts), asking: keep(asking) })
    }
  }
  scope.add(phone.store.subscribe(() => forget(phone.store.getState())))
}
