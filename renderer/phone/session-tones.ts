// Keys of the dial pad into a call: as RTP events, or as INFO where those are not negotiated.
import type { Session as SipSession } from 'sip.js'
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
}

/** Resolves when they have been played. */
export async function sendTones({ sip, scope, audio, get }: TonesParts, input: string): Promise<void> {
  const tones = parseTones(input)
  if (get().status !== 'established') throw new AppError('call.gone')
  if (audio.sendTones(tones)) return scope.sleep(tonesTakeMs(tones))
  for (const tone of tones) {
    const body = {
      contentDisposition: 'render',
      contentType: 'application/dtmf-relay',
      content: toInfoBody(tone),
    }
    if (tone !== ',') await sip.info({ requestOptions: { body } })
    await scope.sleep(tonesTakeMs(tone))
  }
}
