// When there was sound in the ear and from the microphone: the last stretches of each session.
import type { SoundEdge } from '../../common/model/phone.ts'

export interface Stretch {
  startedAt: number
  /** Missing while it lasts. */
  endedAt?: number
}

type Where = SoundEdge['where']

export interface Sounds {
  take(edge: SoundEdge): void
  stretches(sessionId: string, where: Where): readonly Stretch[]
  isSounding(sessionId: string, where: Where): boolean
  forget(): void
}

const stretchLimit = 200
const sessionLimit = 20

export function createSounds(): Sounds {
  const bySession = new Map<string, Record<Where, Stretch[]>>()

  const of = (sessionId: string) => {
    let found = bySession.get(sessionId)
    if (!found) {
      found = { ear: [], microphone: [] }
      bySession.set(sessionId, found)
      const [oldest] = bySession.keys()
      if (bySession.size > sessionLimit && oldest !== undefined) bySession.delete(oldest)
    }
    return found
  }

  return {
    take(edge) {
      const list = of(edge.sessionId)[edge.where]
      const last = list.at(-1)
      const open = last !== undefined && last.endedAt === undefined
      if (edge.edge === 'start') {
        // A start within a stretch says nothing new: its end was lost.
        if (!open) list.push({ startedAt: edge.at })
        if (list.length > stretchLimit) list.shift()
      } else if (open) last.endedAt = edge.at
    },
    stretches: (sessionId, where) => bySession.get(sessionId)?.[where] ?? [],
    isSounding(sessionId, where) {
      const last = bySession.get(sessionId)?.[where].at(-1)
      return last !== undefined && last.endedAt === undefined
    },
    forget: () => bySession.clear(),
  }
}
