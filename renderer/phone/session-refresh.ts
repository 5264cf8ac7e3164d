// The session timer of one SIP dialog: what SIP.js answers to a re-INVITE gets its header, and what we ask as well.
import { type Core, SessionState, type Session as SipSession } from 'sip.js'
import { createSessionTimer, type SessionTimer, type SessionTimerParts } from './session-timer.ts'

export function keepSessionTimer(sip: SipSession, parts: SessionTimerParts): SessionTimer {
  const timer = createSessionTimer(parts)
  sip.stateChange.addListener((state) => {
    if (state === SessionState.Established && sip.dialog) answerRefreshes(sip.dialog, timer)
  })
  return timer
}

/** SIP.js gives no way to add a header to its 200 for a re-INVITE: its own answering is handed a request that adds it. */
function answerRefreshes({ delegate }: Core.Session, timer: SessionTimer): void {
  const onInvite = delegate?.onInvite
  if (!delegate || !onInvite) return
  delegate.onInvite = (request) => {
    const accept = request.accept.bind(request)
    request.accept = (options) => {
      const extraHeaders = [...(options?.extraHeaders ?? []), ...timer.answerHeaders(request.message)]
      return accept({ statusCode: 200, ...options, extraHeaders })
    }
    return onInvite(request)
  }
}
