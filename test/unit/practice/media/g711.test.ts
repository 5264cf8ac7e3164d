// G.711 µ-law against the recommendation's own corner values and against itself.
import { describe, expect, it } from 'vitest'
import { decodeUlaw, encodeUlaw } from '../../../../practice/media/g711.ts'

describe('µ-law', () => {
  it('has the codes of the recommendation at the corners', () => {
    const pcm = Int16Array.from([0, -1, 32_767, -32_768, 8, -8])
    expect([...encodeUlaw(pcm)]).toEqual([0xff, 0x7f, 0x80, 0x00, 0xfe, 0x7e])
    expect([...decodeUlaw(Uint8Array.from([0xff, 0x7f, 0x80, 0x00]))]).toEqual([0, 0, 32_124, -32_124])
  })

  it('returns every code to itself, but for the two zeros', () => {
    const codes = Uint8Array.from({ length: 256 }, (_, code) => code)
    const back = encodeUlaw(decodeUlaw(codes))
    for (const code of codes) expect(back[code]).toBe(code === 0x7f ? 0xff : code)
  })

  it('is never further from a sample than half a step of its segment', () => {
    const pcm = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768)
    const back = decodeUlaw(encodeUlaw(pcm))
    for (let i = 0; i < pcm.length; i += 7) {
      const sample = Math.max(-32_635, Math.min(32_635, pcm[i] ?? 0))
      expect(Math.abs((back[i] ?? 0) - sample)).toBeLessThanOrEqual(4 + Math.abs(sample) / 30)
    }
  })
})
