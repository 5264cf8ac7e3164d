// Ends calls from whichever side still can: the phone by BYE, the platform over REST.
import type { PhoneCaller } from '../common/bridge/table.ts'
import { AppError, type ErrorData } from '../common/kit/errors.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'
import type { Presence } from './presence.ts'

interface HangUpParts {
  state(): AppState
  mirror: PhoneMirror
  presence: Presence
  phone(): Promise<PhoneCaller>
  notice(error: ErrorData): void
}

export function createHangUp({ state, mirror, presence, phone, notice }: HangUpParts) {
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
      if (own) await (await phone())['phone.hangUp']({ sessionId: own.sessionId })
      else await presence.features().calls.hangUp(callId)
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
