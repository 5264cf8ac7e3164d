// Which tones may be sent, and how one looks as SIP INFO where RTP events are not negotiated.
import { AppError } from '../../common/kit/errors.ts'

/**
 * Digits, star, pound, A to D, and comma or `p` for a pause of two seconds (RFC 4733, W3C RTCDTMFSender). Parted where
 * `;` or `w` says to wait for a person.
 */
export function parseTones(input: string): string[] {
  const tones = input
    .replace(/[\s()./-]/g, '')
    .toUpperCase()
    .replaceAll('P', ',')
    .replaceAll(';', 'W')
  if (!/^[0-9*#A-D,W]{1,128}$/.test(tones) || !/[0-9*#A-D]/.test(tones)) {
    throw new AppError('app.inputInvalid', {
      detail: 'keys: 0-9 * # A-D, comma for a pause, ; to wait; at most 128',
    })
  }
  // Two waits in a row are one, and nobody waits for nothing.
  return tones.replace(/W+$/, '').split(/W+/)
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
