// `echo`: gives back what the phone says, an utterance at a time, for as long as the option says or the call lasts.
import { type Action, amount } from '../action.ts'

export const echo: Action = async ({ live, scope, signal }, option) => {
  const stop = live.ear.onHeard(({ pcm }) => {
    live.mouth.play(pcm, signal).catch(() => {})
  })
  scope.add(stop)
  await scope.sleep(amount(option.duration, 86_400_000))
  stop()
}
