// How far this page's clock is off main's, by timestamped exchange: the answer lies somewhere between asking and hearing,
// so the shortest exchange knows best (RFC 5905 section 8, with one timestamp of the other side).
import type { Scope } from '../../common/kit/scope.ts'
import type { PhoneClock } from '../../common/model/record.ts'

export interface AlignedClock {
  best(): PhoneClock | undefined
}

export interface AlignParts {
  /** Main's clock at the moment it answers. */
  ask(): Promise<number>
  now(): number
}

const firstRounds = 5
/** The window comes up first. */
const firstMs = 1_000
const againMs = 60_000
/** Two clocks of one machine drift by some ms an hour: what is older than this counts no more. */
const keptExchanges = 10

interface Exchange {
  offsetMs: number
  uncertaintyMs: number
}

export function alignClock(scope: Scope, { ask, now }: AlignParts): AlignedClock {
  let kept: Exchange[] = []
  let exchanges = 0
  const once = async () => {
    const asked = now()
    const theirs = await ask()
    const heard = now()
    exchanges += 1
    kept = [...kept, { offsetMs: theirs - (asked + heard) / 2, uncertaintyMs: (heard - asked) / 2 }].slice(
      -keptExchanges,
    )
  }
  const round = async (times: number) => {
    for (let n = 0; n < times && !scope.ended; n++) await once()
  }
  scope.after(firstMs, () => void round(firstRounds).catch(() => {}))
  scope.every(againMs, () => void round(2).catch(() => {}))
  return {
    best() {
      const [best] = kept.toSorted((a, b) => a.uncertaintyMs - b.uncertaintyMs)
      return best && { ...best, exchanges }
    },
  }
}
