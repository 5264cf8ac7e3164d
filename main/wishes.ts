// What was wished outside the window waits here until the window has done it: also a link that starts the companion.
import type { Slice } from '../common/kit/slice.ts'
import { readLink } from '../common/model/link.ts'
import type { GlobalAction, Wish } from '../common/model/wish.ts'

export interface Wishes {
  /** A link that asks to call somebody. False: nobody can be called by it, or it is no such link. */
  openLink(link: string): boolean
  run(action: GlobalAction): void
  /** Done, with all before it. */
  done(id: number): void
}

const most = 10

export function createWishes(slice: Slice<Wish[]>): Wishes {
  let made = 0
  const add = (wish: { kind: 'dial'; target: string } | { kind: 'action'; action: GlobalAction }) => {
    made += 1
    slice.set([...slice.get(), { ...wish, id: made, at: Date.now() }].slice(-most))
  }
  return {
    openLink(link) {
      const read = readLink(link)
      if (!read || 'wrong' in read) return false
      add({ kind: 'dial', target: read.target })
      return true
    },
    run: (action) => add({ kind: 'action', action }),
    done: (id) => slice.set(slice.get().filter((wish) => wish.id > id)),
  }
}
