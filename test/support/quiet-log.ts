// A log that keeps its lines for a test to look at.
import { createLog } from '../../common/kit/log.ts'

export function createQuietLog() {
  const lines: string[] = []
  return { log: createLog((line) => void lines.push(line), 'debug'), lines }
}
