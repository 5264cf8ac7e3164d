// Session timers (RFC 4028): whoever refreshes does it at half the interval; the other one hangs up when it misses it.
import type { CallInside } from './call.ts'
import { type Header, header, type SipMessage } from './message.ts'

/** Starts the timer a message negotiated; does nothing where there is none. Returns its stop. */
export function startSessionTimer(call: CallInside, message: SipMessage, weAre: 'uac' | 'uas'): () => void {
  const value = header(message, 'Session-Expires')
  if (value === undefined) return () => {}
  const seconds = Number.parseInt(value, 10)
  const refresher = /refresher=(uac|uas)/i.exec(value)?.[1]?.toLowerCase() ?? 'uac'
  const weRefresh = refresher === weAre
  // Section 10: the refresher at half the time, the other one at the smaller of 32 s and a third before the end.
  const afterMs = weRefresh ? seconds * 500 : Math.max(seconds - 32, (seconds * 2) / 3) * 1000
  const timer = setTimeout(() => {
    if (call.status !== 'answered') return
    if (!weRefresh) return void call.bye([['Reason', 'SIP;cause=408;text="Session timer"']]).catch(() => {})
    // A refresh says the same as before; we are its sender, so the refresher is `uac` now (section 7.4).
    call.reinvite({ body: call.media.local, headers: timerHeaders(seconds, 'uac') }).catch(() => {})
  }, afterMs)
  return () => clearTimeout(timer)
}

export interface SessionTimer {
  seconds: number
  refresher?: 'uac' | 'uas'
  minSe?: number
}

export function timerHeaders(seconds: number, refresher?: 'uac' | 'uas', minSe?: number): Header[] {
  return [
    ['Supported', 'timer'],
    ['Session-Expires', refresher ? `${seconds};refresher=${refresher}` : String(seconds)],
    ...(minSe === undefined ? [] : [['Min-SE', String(minSe)] as const]),
  ]
}
