// Sound files as baresip wants them: at exactly the rate and the number of channels of the codec.
import { toTelephoneRate } from '../../../practice/voice/resample.ts'

export const baresipCodecs = {
  PCMU: { name: 'PCMU/8000/1', module: 'g711', rate: 8_000, channels: 1 },
  PCMA: { name: 'PCMA/8000/1', module: 'g711', rate: 8_000, channels: 1 },
  G722: { name: 'G722/16000/1', module: 'g722', rate: 16_000, channels: 1 },
  opus: { name: 'opus/48000/2', module: 'opus', rate: 48_000, channels: 2 },
} as const
export type BaresipCodec = keyof typeof baresipCodecs

/** A WAV file of 8 kHz speech at the rate of the codec, the same on each channel. */
export function toSoundFile(pcm: Int16Array, codec: BaresipCodec): Buffer {
  const { rate, channels } = baresipCodecs[codec]
  const times = rate / 8_000
  const out = Buffer.alloc(44 + pcm.length * times * channels * 2)
  out.write('RIFF', 0, 'latin1')
  out.writeUInt32LE(out.length - 8, 4)
  out.write('WAVEfmt ', 8, 'latin1')
  out.writeUInt32LE(16, 16)
  out.writeUInt16LE(1, 20)
  out.writeUInt16LE(channels, 22)
  out.writeUInt32LE(rate, 24)
  out.writeUInt32LE(rate * channels * 2, 28)
  out.writeUInt16LE(channels * 2, 32)
  out.writeUInt16LE(16, 34)
  out.write('data', 36, 'latin1')
  out.writeUInt32LE(out.length - 44, 40)
  let at = 44
  for (let i = 0; i < pcm.length * times; i++) {
    // Straight lines between the samples: what they add lies above the telephone band.
    const place = i / times
    const [left, right] = [pcm[Math.floor(place)] ?? 0, pcm[Math.floor(place) + 1] ?? 0]
    const sample = Math.round(left + (right - left) * (place % 1))
    for (let channel = 0; channel < channels; channel++) at = out.writeInt16LE(sample, at)
  }
  return out
}

/** The first channel of a recording, at 8 kHz. Recordings cut short by a kill have no length in their head. */
export async function fromSoundFile(bytes: Buffer): Promise<Int16Array> {
  const format = bytes.indexOf('fmt ', 12, 'latin1')
  const data = bytes.indexOf('data', format, 'latin1')
  if (format < 0 || data < 0) return new Int16Array(0)
  const channels = bytes.readUInt16LE(format + 10)
  const rate = bytes.readUInt32LE(format + 12)
  const frames = Math.floor((bytes.length - data - 8) / 2 / channels)
  const pcm = Int16Array.from({ length: frames }, (_, i) => bytes.readInt16LE(data + 8 + i * channels * 2))
  return toTelephoneRate(pcm, rate)
}
