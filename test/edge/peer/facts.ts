// What happened so far, in order, and waiting for what has not happened yet: how tests wait without sleeping.

export interface Facts<T> {
  readonly all: readonly T[]
  tell(fact: T): void
  /** The first fact, past or future, that matches. Fails after `ms` with what was missing and what there was. */
  wait(what: string, matches: (fact: T) => boolean, ms?: number): Promise<T>
}

export const WAIT_MS = 20_000

/** The time of everything in these tests: epoch milliseconds with fractions. */
export const nowMs = () => performance.timeOrigin + performance.now()

export function createFacts<T>(describe: (fact: T) => string = String): Facts<T> {
  const all: T[] = []
  const waiting = new Set<(fact: T) => void>()
  return {
    all,
    tell(fact) {
      all.push(fact)
      for (const look of [...waiting]) look(fact)
    },
    wait(what, matches, ms = WAIT_MS) {
      const past = all.find(matches)
      if (past !== undefined) return Promise.resolve(past)
      return new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer)
          waiting.delete(look)
        }
        const look = (fact: T) => {
          if (!matches(fact)) return
          stop()
          resolve(fact)
        }
        const timer = setTimeout(() => {
          stop()
          reject(
            new Error(
              `waited ${ms / 1000} s for ${what}; seen: ${all.map(describe).join(' | ') || 'nothing'}`,
            ),
          )
        }, ms)
        waiting.add(look)
      })
    },
  }
}
