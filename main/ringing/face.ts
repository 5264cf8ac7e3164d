// The phone as a shell shows it outside the window. Pure.
import type { AppState } from '../../common/model/app-state.ts'
import { toCaller } from '../../common/model/caller.ts'
import type { PhoneState, Registration } from '../../common/model/phone.ts'
import { countUnseen, type DeskFace, type DeskRegistration } from '../../common/model/ringing.ts'

/** `own`: sessions that the companion answers by itself. */
export function toFace(app: AppState, phone: PhoneState, own: ReadonlySet<string>): DeskFace {
  const { doNotDisturb, theme, whenClosed, closingTold, startAtLogin, openLinks, globalKeys } = app.settings
  const ringing = phone.sessions.find(
    ({ id, direction, status }) => direction === 'incoming' && status === 'ringing' && !own.has(id),
  )
  const { name = '', address = '' } = ringing ? toCaller(ringing.remote, app.people) : {}
  return {
    registration: toDeskRegistration(phone.registration),
    ringing: ringing && { sessionId: ringing.id, name, address, since: ringing.startedAt },
    inCall: phone.sessions.some(
      ({ direction, status }) => status !== 'ended' && !(direction === 'incoming' && status === 'ringing'),
    ),
    missed: countUnseen(app.ringing),
    lastMissed: app.ringing.missed[0],
    doNotDisturb,
    language: app.language,
    theme,
    whenClosed,
    closingTold,
    startAtLogin,
    openLinks,
    globalKeys,
  }
}

function toDeskRegistration({ status }: Registration): DeskRegistration {
  if (status === 'registered' || status === 'offline' || status === 'refused') return status
  return 'trying'
}
