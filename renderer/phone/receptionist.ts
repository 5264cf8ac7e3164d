// Receives invitations: who is it for, can we speak with them, are we busy; then a session each.
import type { Invitation } from 'sip.js'
import type { StoreApi } from 'zustand/vanilla'
import type { PhoneStart } from '../../common/bridge/table.ts'
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { PhoneState, Session } from '../../common/model/phone.ts'
import { refusalReasons } from '../../common/model/ringing.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import { openIncoming } from './incoming.ts'
import { isForUs, type Us } from './invitation-check.ts'
import type { MediaKit } from './media-kit.ts'
import { inspectOffer } from './sdp.ts'
import type { SessionBoard } from './session-board.ts'
import { isLive } from './session-list.ts'

export interface ReceptionistOptions {
  store: Pick<StoreApi<PhoneState>, 'getState'>
  media: Pick<MediaKit, 'ring'>
  board: Pick<SessionBoard, 'take' | 'show'>
  note(title: string, tone?: NewTraceRow['tone']): void
}

export interface Receptionist {
  /** Refuses whoever comes from now on; what rings already goes on. */
  setDoNotDisturb(on: boolean): void
  /** What rings is not heard any more; for the caller it rings on. */
  silence(): void
  receive(invitation: Invitation, line: Us & Pick<PhoneStart, 'iceServers' | 'secondCall'>): void
}

export function createReceptionist({ store, media, board, note }: ReceptionistOptions): Receptionist {
  let doNotDisturb = false
  const rings = new Set<Scope>()
  /** Refused, but shown: a call that could not be taken should not be a mystery. */
  const refuse = (
    invitation: Invitation,
    session: Session,
    statusCode: number,
    ending: Pick<Session, 'outcome' | 'reason' | 'error'>,
  ) => {
    void invitation.reject({ statusCode }).catch(() => {})
    board.show({ ...session, ...ending, status: 'ended', endedAt: Date.now() })
    note(`refused with ${statusCode}: ${ending.reason ?? ''}`, 'bad')
  }

  return {
    setDoNotDisturb(on) {
      doNotDisturb = on
    },
    silence() {
      for (const ringing of [...rings]) void ringing.end()
    },
    receive(invitation, line) {
      const { request } = invitation
      const { ruri } = request
      if (!ruri || !isForUs({ requestUri: ruri, to: request.to.uri }, line)) {
        // RFC 3261 section 8.2.2.1
        void invitation.reject({ statusCode: 404 }).catch(() => {})
        note('refused with 404: an INVITE that is not for us', 'bad')
        return
      }
      const session = toSession(invitation, line.contact)
      const offer =
        invitation.body && /sdp/i.test(request.getHeader('content-type') ?? '') ? invitation.body : undefined
      const verdict = offer === undefined ? ({ ok: true } as const) : inspectOffer(offer)
      if (!verdict.ok) {
        const error = new AppError('media.offerRefused', { detail: verdict.why, status: 488 }).toData()
        return refuse(invitation, session, 488, { outcome: 'failed', reason: verdict.why, error })
      }
      // RFC 3261 section 21.4.24: this phone is not willing now; 600 and 603 would silence the caller's other choices too.
      if (doNotDisturb) {
        return refuse(invitation, session, 486, { outcome: 'declined', reason: refusalReasons.doNotDisturb })
      }
      const quiet = store.getState().sessions.some(isLive)
      if (quiet && line.secondCall === 'busy') {
        return refuse(invitation, session, 486, { outcome: 'declined', reason: refusalReasons.busy })
      }
      // RFC 3262 section 3: who requires it gets a reliable provisional answer, with our description, and says PRACK.
      const reliable = request.getHeaders('require').some((value) => /\b100rel\b/i.test(value))
      const ringBack = () => void invitation.progress({ rel100: reliable }).catch(() => {})
      if (!reliable) ringBack()
      board.take(invitation, session, line.iceServers, (options) => {
        const ring = (ringing: Scope) => {
          rings.add(ringing)
          ringing.add(() => rings.delete(ringing))
          ringing.after(0, () => media.ring(ringing, quiet))
        }
        const opened = openIncoming({ ...options, invitation, ring })
        // Both after the 180 has left: synthesising a tone and building an answer take longer than SIP may wait.
        options.scope.after(0, () => options.audio.prepare(offer, 'incoming'))
        if (reliable) options.scope.after(0, ringBack)
        return opened
      })
    },
  }
}

function toSession(invitation: Invitation, contact: Session['contact']): Session {
  const { remoteIdentity, assertedIdentity, request } = invitation
  return {
    id: crypto.randomUUID(),
    sipCallId: request.callId,
    direction: 'incoming',
    status: 'ringing',
    remote: {
      user: remoteIdentity.uri.user ?? '',
      displayName: remoteIdentity.displayName ?? '',
      host: remoteIdentity.uri.host,
      // RFC 3325 section 9: only an edge that we trust may say so, and ours is checked by its certificate.
      ...(assertedIdentity
        ? {
            asserted: {
              user: assertedIdentity.uri.user ?? '',
              displayName: assertedIdentity.displayName ?? '',
            },
          }
        : {}),
    },
    contact,
    startedAt: Date.now(),
    sending: 'on',
    held: { byUs: false, byThem: false },
  }
}
