// The caption lag of a call in a quiet place: how long after the end of speech its text was on the screen (docs/figures.md).
import type { CaptionLag } from '../../common/figures/caption-lag.ts'
import { quantile } from '../../common/figures/figure.ts'
import { say } from '../../common/words/say.ts'

export interface LagView {
  /** Half of the finished lines were there after this. */
  short: string
  /** All figures, in words. */
  long: string
}

/** Below this a 95th percentile is the largest value and says nothing of its own. */
const enoughForTail = 20

/** Nothing where no finished line could be measured: no figure is made up. */
export function toLag(lags: readonly CaptionLag[]): LagView | undefined {
  const final = toPart(lags, 'final')
  const interim = toPart(lags, 'interim')
  if (!final) return undefined
  const parts = [
    say('finished text {times}', { times: toTimes(final) }),
    interim ? say('first text {times}', { times: toTimes(interim) }) : undefined,
  ]
  return {
    short: say('lag {time}', { time: toSeconds(final.p50) }),
    long: say('On the screen after the end of speech: {parts}', { parts: parts.filter(Boolean).join('; ') }),
  }
}

interface Part {
  count: number
  p50: number
  p95: number
}

function toPart(lags: readonly CaptionLag[], status: CaptionLag['status']): Part | undefined {
  const values = lags.flatMap((lag) => (lag.status === status ? [lag.ms] : []))
  const [p50, p95] = [quantile(values, 0.5), quantile(values, 0.95)]
  return p50 === undefined || p95 === undefined ? undefined : { count: values.length, p50, p95 }
}

function toTimes({ count, p50, p95 }: Part): string {
  const [half, tail] = [toSeconds(p50), toSeconds(p95)]
  return count < enoughForTail
    ? say('{half} (half of {count})', { half, count })
    : say('{half}, 95 of 100 within {tail} (of {count})', { half, tail, count })
}

const toSeconds = (ms: number): string => say('{seconds} s', { seconds: (ms / 1_000).toFixed(1) })
