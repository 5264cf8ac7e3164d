// The ear of a phone that records into a growing WAV file: when each sample was decoded, told by when the file grew.
import { type FSWatcher, readFileSync, statSync, watch } from 'node:fs'
import path from 'node:path'
import { parseWav, type Sound } from '../../../practice/voice/wav.ts'
import { LOUD } from '../../edge/peer/heard.ts'
import { nowMs, until } from '../figure.ts'
import type { Ear } from './subject.ts'

const header = 44

export interface EarFile extends Ear {
  readonly file: string
  close(): void
}

/** The file is written in blocks of the recorder; within one block the samples came at the rate of the clock. */
export function openEarFile(folder: string, name: string): EarFile {
  const file = path.join(folder, name)
  const grown: { at: number; size: number }[] = []
  const watcher: FSWatcher = watch(folder, (_event, changed) => {
    if (changed !== name) return
    const size = sizeOf(file)
    if (size > (grown.at(-1)?.size ?? header)) grown.push({ at: nowMs(), size })
  })
  const firstLoud = () => {
    const end = grown.at(-1)?.size ?? 0
    if (end <= header) return undefined
    const bytes = readFileSync(file)
    const rate = bytes.readUInt32LE(24) || 8_000
    for (let at = header; at + 2 <= end; at += 2) {
      if (Math.abs(bytes.readInt16LE(at)) <= LOUD) continue
      const block = grown.find(({ size }) => size >= at + 2)
      return block && block.at - ((block.size - at) / 2 / rate) * 1000
    }
    return undefined
  }
  return {
    file,
    firstSound: () => until('decoded sound in the file', firstLoud),
    sound: async (): Promise<Sound> => {
      const bytes = readFileSync(file)
      // The lengths in the header are written last, and not by everybody.
      const sound = parseWav(
        Buffer.concat([bytes.subarray(0, 40), Buffer.from([255, 255, 255, 127]), bytes.subarray(44)]),
      )
      if (!sound) throw new Error(`${file} is no recording`)
      return sound
    },
    concealment: async () => undefined,
    close: () => watcher.close(),
  }
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}
