// Keeps the word of a call's quality from flickering. Pure.
//
//   nothing ──3 looks──→ good ⇄ fair ⇄ poor        worse: after two looks in a row; better: after five; no sound: at once
import type { Quality } from '../../common/model/phone.ts'

export interface SteadyWord {
  /** What is shown after this look. */
  take(found: Quality, atOnce: boolean): Quality | undefined
  /** On hold: what was heard before says nothing about afterwards. */
  forget(): void
}

const firstAfter = 3
const worseAfter = 2
const betterAfter = 5
const order = { good: 0, fair: 1, poor: 2 } as const

export function createSteadyWord(): SteadyWord {
  let shown: Quality | undefined
  /** Looks in a row that say something else, all of them worse or all of them better. */
  let other: Quality[] = []
  let looks = 0

  const show = (next: Quality) => {
    shown = next
    other = []
    return shown
  }
  return {
    take(found, atOnce) {
      looks += 1
      if (atOnce) return show(found)
      if (!shown) return looks >= firstAfter ? show(found) : undefined
      const step = order[found.word] - order[shown.word]
      // The same word with another reason: the newest one is right.
      if (step === 0) return show(found.reason === undefined ? { word: found.word } : found)
      const sameWay = other.every(
        ({ word }) => Math.sign(order[word] - order[shown?.word ?? word]) === Math.sign(step),
      )
      other = sameWay ? [...other, found] : [found]
      if (step > 0 && other.length >= worseAfter) return show(mildest(other))
      if (step < 0 && other.length >= betterAfter) return show(worst(other))
      return shown
    },
    forget() {
      shown = undefined
      other = []
      looks = 0
    },
  }
}

const mildest = (list: readonly Quality[]): Quality =>
  list.reduce((best, one) => (order[one.word] <= order[best.word] ? one : best))
const worst = (list: readonly Quality[]): Quality =>
  list.reduce((most, one) => (order[one.word] >= order[most.word] ? one : most))
