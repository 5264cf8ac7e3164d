// Calls somebody: reads the target, makes the INVITE and its session.
import { Inviter, type UserAgent } from 'sip.js'
import type { PhoneStart } from '../../common/bridge/table.ts'
import { AppError } from '../../common/kit/errors.ts'
import { readTarget } from '../../common/model/dial-target.ts'
import type { Session } from '../../common/model/phone.ts'
import type { MediaKit } from './media-kit.ts'
import { openOutgoing } from './outgoing.ts'
import type { SessionBoard } from './session-board.ts'
import { firstAskHeaders } from './session-timer.ts'
import { toSipUri } from './sip-uri.ts'

export interface DialLine extends Pick<PhoneStart, 'domain' | 'iceServers'> {
  userAgent: UserAgent
  media: Pick<MediaKit, 'ringBack'>
  contact: Session['contact']
  dialMs: number
}

/** Resolves with the id of the session when the INVITE has left. Fails with AppError. */
export async function dial(board: Pick<SessionBoard, 'take'>, line: DialLine, text: string): Promise<string> {
  const target = readTarget(text)
  if ('wrong' in target) throw new AppError('app.inputInvalid', { detail: target.wrong })
  // Contract F.5: the user part decides, and the registrar domain is where it is asked.
  const uri = toSipUri(target.user, target.host ?? line.domain)
  // Early media is ours to handle: SIP.js would end a call that is answered by another branch than the one that rang.
  const inviter = new Inviter(line.userAgent, uri, {
    earlyMedia: false,
    extraHeaders: firstAskHeaders(),
  })
  const session = toSession(inviter, target.user, line.contact)
  const outgoing = board.take(inviter, session, line.iceServers, (options) =>
    openOutgoing({ ...options, inviter, dialMs: line.dialMs, ringBack: line.media.ringBack }),
  )
  await outgoing.dial()
  return session.id
}

function toSession(inviter: Inviter, user: string, contact: Session['contact']): Session {
  return {
    id: crypto.randomUUID(),
    sipCallId: inviter.request.callId,
    direction: 'outgoing',
    status: 'dialing',
    remote: { user, displayName: '', host: inviter.remoteIdentity.uri.host },
    contact,
    startedAt: Date.now(),
    sending: 'on',
    held: { byUs: false, byThem: false },
  }
}
