// `talk`: speaks a text into the call; `async` goes on without waiting for its end.
import { type Action, fill } from '../action.ts'

export const talk: Action = async ({ live, signal }, option) => {
  const text = fill(live, option.text)
  if (!text) return
  const language = typeof option.language === 'string' ? option.language : 'en-US'
  const spoken = live.mouth.say(text, language, signal)
  if (option.async === true) spoken.catch(() => {})
  else await spoken
}
