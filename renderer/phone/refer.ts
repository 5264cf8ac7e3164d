// One REFER in the dialog of a session, and the answer to it.
import type { Core, Session as SipSession } from 'sip.js'
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'

interface Refusal {
  status: number
  reason: string
}

export interface SentRefer {
  readonly request: Core.OutgoingReferRequest
  /** Resolves with the refusal, or with nothing when it was accepted; fails with `call.gone` when the session ends first. */
  readonly refused: Promise<Refusal | undefined>
}

/** `referTo` is the whole value of the header. The NOTIFYs come to the delegate of the session. */
export function sendRefer(sip: SipSession, scope: Scope, referTo: string): SentRefer {
  const { dialog, userAgent } = sip
  if (!dialog) throw new AppError('call.gone')
  const extraHeaders = [
    `Refer-To: ${referTo}`,
    // RFC 3892: for whom the new call is made.
    `Referred-By: <${userAgent.configuration.uri}>`,
    // RFC 3515 section 2.4.1 asks for it in each REFER.
    `Contact: ${userAgent.contact}`,
  ]
  // No answer can come before this turn of the event loop is over.
  const delegate: Core.OutgoingRequestDelegate = {}
  const request = dialog.refer(delegate, { extraHeaders })
  const refused = new Promise<Refusal | undefined>((resolve, reject) => {
    const forget = scope.add(() => reject(new AppError('call.gone')))
    const settle = (refusal?: Refusal) => {
      forget()
      resolve(refusal)
    }
    const refuse = ({ message }: Core.IncomingResponse) =>
      settle({ status: message.statusCode ?? 500, reason: message.reasonPhrase ?? '' })
    delegate.onAccept = () => settle()
    delegate.onRedirect = refuse
    delegate.onReject = refuse
  })
  return { request, refused }
}
