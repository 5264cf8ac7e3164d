// A call from an own number through the platform, while it is up: whom it joins, and how far that has come.
import type { AppState } from '../../common/model/app-state.ts'
import type { Bridged } from '../../common/model/bridged.ts'
import type { Session } from '../../common/model/phone.ts'
import { say } from '../../common/words/say.ts'
import { callIdOf } from './sessions.ts'
import type { Tone } from './tone.ts'

export interface BridgedView {
  text: string
  tone: Tone
}

type BridgedParts = Pick<AppState, 'links' | 'bridged'>

export function toBridged(app: BridgedParts, session: Session): BridgedView | undefined {
  const callId = callIdOf(app, session)
  const bridged = callId === undefined ? undefined : app.bridged[callId]
  return bridged && toProgress(bridged)
}

function toProgress({ far, from, reason }: Bridged): BridgedView {
  switch (far) {
    case 'waiting':
    case 'calling':
      return { text: say('The platform calls them from {from}', { from }), tone: 'busy' }
    case 'ringing':
      return { text: say('It rings there; they see {from}', { from }), tone: 'busy' }
    case 'up':
      return { text: say('Joined through the platform; they see {from}', { from }), tone: 'good' }
    case 'over':
      return { text: toEnd(reason), tone: 'warn' }
  }
}

/** The platform's own words for an end (contract C.3). */
function toEnd(reason: string | undefined): string {
  switch (reason) {
    case 'busy':
      return say('They are busy')
    case 'noanswer':
    case 'timeout':
    case 'dialout':
      return say('They did not answer')
    case 'failed':
      return say('The platform could not call the number')
    default:
      return say('They are gone')
  }
}
