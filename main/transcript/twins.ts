// One line told twice: by an event that named no id, and by REST, which does. Two lines with ids of their own are two.
import type { WireTranscript } from '../platform/platform.ts'

export interface Twins {
  /** True when this line is there already under another id. Remembers the line either way. */
  isTwin(line: WireTranscript): boolean
}

type Seen = Pick<WireTranscript, 'id' | 'unnamed' | 'createdAt'>

export function createTwins(): Twins {
  const seen = new Map<string, Seen[]>()
  const paired = new Set<string>()
  return {
    isTwin(line) {
      if (paired.has(line.id)) return true
      const key = JSON.stringify([line.transcribeId, line.direction, line.text])
      const alike = seen.get(key) ?? []
      const twin = alike.findIndex((other) => isPair(other, line))
      if (twin < 0) {
        seen.set(key, [...alike, line])
        return false
      }
      // Said twice and told twice are different things: each line has one twin at most.
      alike.splice(twin, 1)
      paired.add(line.id)
      return true
    },
  }
}

function isPair(one: Seen, other: Seen): boolean {
  if ((one.unnamed ?? false) === (other.unnamed ?? false)) return false
  return one.createdAt === other.createdAt || one.createdAt === undefined || other.createdAt === undefined
}
