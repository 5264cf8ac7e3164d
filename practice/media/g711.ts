// G.711 µ-law (ITU-T G.711 table 2): 16 bit linear to 8 bit and back, by table both ways.

const BIAS = 0x84
const CLIP = 32_635

const toLinear = new Int16Array(256)
for (let code = 0; code < 256; code++) {
  const bits = ~code & 0xff
  const magnitude = ((((bits & 0x0f) << 3) + BIAS) << ((bits >> 4) & 0x07)) - BIAS
  toLinear[code] = bits & 0x80 ? -magnitude : magnitude
}

const toCode = new Uint8Array(65_536)
for (let sample = -32_768; sample < 32_768; sample++) toCode[sample & 0xffff] = encodeSample(sample)

function encodeSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS
  // The segment is the place of the highest bit above the bias.
  const exponent = 31 - Math.clz32(magnitude) - 7
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff
}

export function encodeUlaw(pcm: Int16Array): Uint8Array {
  const out = new Uint8Array(pcm.length)
  for (let i = 0; i < pcm.length; i++) out[i] = toCode[(pcm[i] ?? 0) & 0xffff] ?? 0xff
  return out
}

export function decodeUlaw(bytes: Uint8Array): Int16Array {
  const out = new Int16Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) out[i] = toLinear[bytes[i] ?? 0xff] ?? 0
  return out
}
