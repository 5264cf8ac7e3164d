// G.711 for the peer: µ-law is practice's; A-law (ITU-T G.711 table 1) is here, because only the peer needs it.
import { decodeUlaw, encodeUlaw } from '../../../practice/media/g711.ts'

export interface SpeechCodec {
  encode(pcm: Int16Array): Uint8Array
  decode(bytes: Uint8Array): Int16Array
}

/** Even bits are inverted on the line. */
const TOGGLE = 0x55

function encodeAlawSample(sample: number): number {
  // Thirteen bits with the sign aside: A-law has no bias, and negative values are one's complement.
  const magnitude = (sample < 0 ? ~sample : sample) >> 4
  const sign = sample < 0 ? 0 : 0x80
  const segment = Math.max(0, 32 - Math.clz32(magnitude) - 4)
  const code = segment < 2 ? magnitude : (segment << 4) | ((magnitude >> (segment - 1)) & 0x0f)
  return (sign | code) ^ TOGGLE
}

function decodeAlawSample(code: number): number {
  const bits = code ^ TOGGLE
  const segment = (bits >> 4) & 0x07
  const mantissa = bits & 0x0f
  const magnitude = segment === 0 ? (mantissa << 4) | 8 : ((mantissa << 4) | 0x108) << (segment - 1)
  return bits & 0x80 ? magnitude : -magnitude
}

const alaw: SpeechCodec = {
  encode: (pcm) => Uint8Array.from(pcm, encodeAlawSample),
  decode: (bytes) => Int16Array.from(bytes, decodeAlawSample),
}

export const speechCodecs: Record<'PCMU' | 'PCMA', SpeechCodec> = {
  PCMU: { encode: encodeUlaw, decode: decodeUlaw },
  PCMA: alaw,
}
