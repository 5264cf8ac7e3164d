// Which tones may be sent, and how one looks as SIP INFO where RTP events are not negotiated.
import { AppError } from '../../common/kit/errors.ts'

/** Digits, star, pound, A to D, and comma for a pause of two seconds (RFC 4733, W3C RTCDTMFSender). */
export function parseTones(input: string): string {
  const tones = input.replace(/[\s()-]/g, '').toUpperCase()
  if (!/^[0-9*#A-D,]{1,64}$/.test(tones)) {
    throw new AppError('app.inputInvalid', { detail: 'tones: 0-9, *, #, A-D and comma, at most 64' })
  }
  return tones
}

export const toneMs = 100
export const gapMs = 70
export const pauseMs = 2000

/** How long the tones take to play. */
export function tonesTakeMs(tones: string): number {
  return [...tones].reduce((sum, tone) => sum + (tone === ',' ? pauseMs : toneMs + gapMs), 0)
}

/** Body of one tone as `application/dtmf-relay`. */
export function toInfoBody(tone: string): string {
  return `Signal=${tone}\r\nDuration=${toneMs}\r\n`
}
