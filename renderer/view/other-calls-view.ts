// The calls beside the one in front: those that ring, and those that wait.
import type { PhoneState, Session } from '../../common/model/phone.ts'
import type { WhomParts } from '../../common/model/whom.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import { isLive, isRinging, remoteName } from './sessions.ts'
import { isTransferRunning } from './transfer-view.ts'

export type OtherCall =
  | { kind: 'ringing'; sessionId: string; name: string; answer: () => void; decline: () => void }
  | {
      kind: 'waiting'
      sessionId: string
      name: string
      /** `On hold`, or how far a call is that is not up. */
      text: string
      /** Since when it waits. */
      since: number | undefined
      swap: (() => void) | undefined
      hangUp: () => void
      /** Hands the two over to each other and leaves (attended transfer). */
      connect: (() => void) | undefined
    }

export function toOtherCalls(
  phone: PhoneState,
  front: Session,
  actions: Actions,
  app?: WhomParts,
): OtherCall[] {
  return phone.sessions
    .filter((one) => one.id !== front.id && isLive(one))
    .map((one) => (isRinging(one) ? toRinging(one, actions, app) : toWaiting(one, front, actions, app)))
}

const toRinging = (session: Session, actions: Actions, app: WhomParts | undefined): OtherCall => ({
  kind: 'ringing',
  sessionId: session.id,
  name: remoteName(session, app),
  answer: () => actions.answer(session.id),
  decline: () => actions.decline(session.id),
})

function toWaiting(
  session: Session,
  front: Session,
  actions: Actions,
  app: WhomParts | undefined,
): OtherCall {
  const up = session.status === 'established'
  const both = up && front.status === 'established'
  const free = !isTransferRunning(session) && !isTransferRunning(front)
  return {
    kind: 'waiting',
    sessionId: session.id,
    name: remoteName(session, app),
    text: up ? (session.held.byUs ? say('on hold') : say('silent')) : say('connecting'),
    since: session.heldAt,
    swap: up ? () => actions.swapTo(session.id) : undefined,
    hangUp: () => actions.hangUp(session.id),
    // The one who waited is sent to the one who was called for it (RFC 5589 section 7).
    connect: both && free ? () => actions.transferTo(session.id, front.id) : undefined,
  }
}
