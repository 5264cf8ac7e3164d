// What the person should know now: newest last, each cause once, the oldest go first.
import type { ErrorCode, ErrorData } from '../common/kit/errors.ts'
import type { Slice } from '../common/kit/slice.ts'
import type { Notice } from '../common/model/app-state.ts'

const limit = 10

export function createNotices(slice: Slice<Notice[]>) {
  let made = 0
  return {
    add(error: ErrorData) {
      const others = slice
        .get()
        .filter((known) => known.error.code !== error.code || known.error.detail !== error.detail)
      slice.set([...others, { id: `notice-${++made}`, at: Date.now(), error }].slice(-limit))
    },
    /** What was said is settled. */
    settle: (code: ErrorCode) => {
      const others = slice.get().filter(({ error }) => error.code !== code)
      if (others.length < slice.get().length) slice.set(others)
    },
    /** Another server: what was said of the one before is not true of it. */
    clear: () => slice.set([]),
    dismiss: (id: string) => slice.set(slice.get().filter((notice) => notice.id !== id)),
  }
}
