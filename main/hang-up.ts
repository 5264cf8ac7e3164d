// Ends calls from whichever side still can: the phone by BYE, the platform over REST.
import type { PhoneCaller } from '../common/bridge/table.ts'
import { AppError, type ErrorData } from '../common/kit/errors.ts'
import type { Scope } from '../common/kit/scope.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'
import type { Presence } from './presence.ts'

interface HangUpParts {
  scope: Scope
  state(): AppState
  mirror: PhoneMirror
  presence: Presence
  phone(): Promise<PhoneCaller>
  notice(error: ErrorData): void
}

/** A window that lives answers in milliseconds, and the BYE in a few round trips. */
const patienceMs = 3_000

export function createHangUp({ scope, state, mirror, presence, phone, notice }: HangUpParts) {
  const liveLinks = () =>
    Object.entries(state().links).flatMap(([sessionId, link]) => {
      const status = mirror.session(sessionId)?.status
      const isLive = status !== undefined && status !== 'ended'
      return isLive && link.status === 'linked' ? [{ sessionId, callId: link.callId }] : []
    })
  return {
    /** BYE where we are the one who talks: it needs no permission and works without the API. */
    async hangUp(callId: string): Promise<void> {
      const own = liveLinks().find((link) => link.callId === callId)
      const overRest = () => presence.features().calls.hangUp(callId)
      if (!own) return overRest()
      const bye = phone().then((caller) => caller['phone.hangUp']({ sessionId: own.sessionId }))
      if (await isDoneIn(scope, bye)) return
      // A window that hangs must not keep the call up. Whoever may not do it over REST waits for the window.
      await overRest().catch(() => bye)
    },
    /** No BYE came from a window that is gone: the platform is told instead. */
    loseWindow(): void {
      const lost = liveLinks()
      const { sessions } = mirror.store.getState()
      if (sessions.some(({ status }) => status !== 'ended')) notice(new AppError('app.windowGone').toData())
      mirror.lost(Date.now())
      for (const { callId } of lost) {
        void presence
          .now()
          ?.calls.hangUp(callId)
          .catch(() => {})
      }
    },
  }
}

/** False when it failed or takes too long; its failure is then nobody's surprise. */
async function isDoneIn(scope: Scope, work: Promise<unknown>): Promise<boolean> {
  let cancel = () => {}
  const late = new Promise<false>((resolve) => {
    cancel = scope.after(patienceMs, () => resolve(false))
  })
  const done = work.then(
    () => true,
    () => false,
  )
  return await Promise.race([done, late]).finally(cancel)
}
