// 20 ms frames as rows of bytes: each row begins where its frames say, on the middle of them, so that a message that
// came late moves nothing.
import { frameMs, toBase64, toByte, unmeasured } from '../../common/record/levels.ts'

export interface LevelChunk {
  /** Epoch ms of the beginning of the first frame. */
  at: number
  data: string
}

/** More than this between two frames, and some were lost. */
const holeMs = 60
const longestHoleMs = 2_000

export interface LevelRows {
  push(rms: number, at: number): void
  /** What came since the last time; nothing when nothing did. */
  take(): LevelChunk | undefined
}

export function createLevelRows(): LevelRows {
  let bytes: number[] = []
  /** For each frame, the beginning of the row that it speaks for. */
  let begins: number[] = []
  let lastAt: number | undefined
  return {
    push(rms, at) {
      const gap = lastAt === undefined ? 0 : at - lastAt - frameMs
      if (bytes.length > 0 && gap > holeMs) {
        const lost = Math.round(Math.min(gap, longestHoleMs) / frameMs)
        for (let n = 0; n < lost; n++) bytes.push(unmeasured)
      }
      lastAt = at
      bytes.push(toByte(rms))
      begins.push(at - bytes.length * frameMs)
    },
    take() {
      if (bytes.length === 0) return undefined
      const sorted = begins.sort((a, b) => a - b)
      const at = sorted[sorted.length >> 1] ?? 0
      const data = toBase64(Uint8Array.from(bytes))
      bytes = []
      begins = []
      return { at, data }
    },
  }
}
