// `hangup`: ends the call, and with it the flow.
import type { Action } from '../action.ts'

export const hangup: Action = async ({ live }) => {
  await live.hangUp()
  return 'stop' as const
}

/** `stop` ends the flow; what follows the last action hangs up. */
export const stop: Action = () => 'stop'
