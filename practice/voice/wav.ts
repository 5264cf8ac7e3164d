// WAV files of 16 bit mono, as the speech programs write and read them.
import type { Pcm } from '../line.ts'

export interface Sound {
  pcm: Pcm
  rate: number
}

/** The sound of a WAV file, or nothing when it is none. A stream states no true length: it goes to the end. */
export function parseWav(bytes: Buffer): Sound | undefined {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF') return undefined
  let rate = 0
  let at = 12
  while (at + 8 <= bytes.length) {
    const name = bytes.toString('latin1', at, at + 4)
    const length = Math.min(bytes.readUInt32LE(at + 4), bytes.length - at - 8)
    if (name === 'fmt ' && length >= 16) {
      if (bytes.readUInt16LE(at + 10) !== 1 || bytes.readUInt16LE(at + 22) !== 16) return undefined
      rate = bytes.readUInt32LE(at + 12)
    }
    if (name === 'data' && rate > 0) {
      const pcm = new Int16Array(length >> 1)
      for (let i = 0; i < pcm.length; i++) pcm[i] = bytes.readInt16LE(at + 8 + i * 2)
      return { pcm, rate }
    }
    at += 8 + length + (length & 1)
  }
  return undefined
}

export function toWav({ pcm, rate }: Sound): Buffer {
  const out = Buffer.alloc(44 + pcm.length * 2)
  out.write('RIFF', 0, 'latin1')
  out.writeUInt32LE(36 + pcm.length * 2, 4)
  out.write('WAVEfmt ', 8, 'latin1')
  out.writeUInt32LE(16, 16)
  out.writeUInt16LE(1, 20)
  out.writeUInt16LE(1, 22)
  out.writeUInt32LE(rate, 24)
  out.writeUInt32LE(rate * 2, 28)
  out.writeUInt16LE(2, 32)
  out.writeUInt16LE(16, 34)
  out.write('data', 36, 'latin1')
  out.writeUInt32LE(pcm.length * 2, 40)
  for (let i = 0; i < pcm.length; i++) out.writeInt16LE(pcm[i] ?? 0, 44 + i * 2)
  return out
}
