// What the keys of speaking do: silence, and the phrases that have a key.
import type { ActionRuns } from '../view/action-table.ts'
import { phraseOfKey } from '../view/phrases-view.ts'
import { toSilence, toSpeak } from '../view/speak-view.ts'
import type { Companion } from './companion.tsx'
import { askFor } from './drafts.ts'

const keys = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

/** Nothing of it outside of a call that text can be spoken into. */
export function toSpeakRuns({ copy, phone, actions, ui }: Companion): ActionRuns {
  const { app } = copy.getState()
  const state = phone.store.getState()
  const view = toSpeak(app, state, actions)
  if (view.status !== 'ready') return { 'speak.silence': toSilence(app, actions) }
  const phrases = keys.map((key) => {
    const phrase = phraseOfKey(app, state, key)
    if (!phrase) return undefined
    return () => {
      if (phrase.asks.length === 0) void view.say(phrase.text)
      else {
        ui.setState({ screen: 'call' })
        askFor(ui, view.sessionId, phrase.id)
      }
    }
  })
  const named = Object.fromEntries(keys.map((key, at) => [`phrase.${key}`, phrases[at]]))
  // Where a phrase asks for something its form stands in place of the field.
  const isAsking = ui.getState().asking[view.sessionId] !== undefined
  const focus = (what: 'speak' | 'voice') =>
    isAsking ? undefined : () => ui.setState({ screen: 'call', focus: what })
  return {
    'speak.focus': focus('speak'),
    'speak.voice': focus('voice'),
    'speak.flush': view.flush,
    'speak.silence': view.silence,
    ...named,
  } satisfies ActionRuns
}
