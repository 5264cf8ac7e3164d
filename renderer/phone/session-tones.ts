// Keys of the dial pad into a call: as RTP events, or as INFO where those are not negotiated.
import type { Core, Session as SipSession } from 'sip.js'
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Session } from '../../common/model/phone.ts'
import { parseTones, toInfoBody, tonesTakeMs } from './dtmf.ts'
import type { CallAudio } from './media-kit.ts'

export interface TonesParts {
  sip: SipSession
  scope: Scope
  audio: Pick<CallAudio, 'sendTones'>
  get(): Session
  /** The other side knows nothing of this call: ends it, and resolves with the error that says so. */
  lost(): Promise<AppError>
}

/** Resolves when they have been played. Fails with `call.keysRefused`, or with `call.gone` when the call ends before. */
export async function sendTones(parts: TonesParts, input: string): Promise<void> {
  const { scope, audio, get } = parts
  const tones = parseTones(input)
  if (get().status !== 'established') throw new AppError('call.gone')
  if (audio.sendTones(tones)) return scope.sleep(tonesTakeMs(tones))
  for (const tone of tones) {
    if (tone !== ',') await sendKey(parts, tone)
    await scope.sleep(tonesTakeMs(tone))
  }
}

async function sendKey(parts: TonesParts, tone: string): Promise<void> {
  const { status, reason } = await askByInfo(parts, toInfoBody(tone))
  if (status < 300) return
  // RFC 3261 section 12.2.1.2. That names 408 as well, but who knows no INFO may leave it without an answer.
  if (status === 481) throw await parts.lost()
  throw new AppError('call.keysRefused', { status, detail: `INFO: ${status} ${reason}`.trim() })
}

/** Resolves with the final answer. */
function askByInfo({ sip, scope }: TonesParts, content: string) {
  return new Promise<{ status: number; reason: string }>((resolve, reject) => {
    const forget = scope.add(() => reject(new AppError('call.gone')))
    const settle = ({ message }: Core.IncomingResponse) => {
      forget()
      resolve({ status: message.statusCode ?? 500, reason: message.reasonPhrase ?? '' })
    }
    const body = { contentDisposition: 'render', contentType: 'application/dtmf-relay', content }
    const requestDelegate = { onAccept: settle, onRedirect: settle, onReject: settle }
    sip.info({ requestDelegate, requestOptions: { body } }).catch(() => {
      forget()
      reject(new AppError('call.gone'))
    })
  })
}
