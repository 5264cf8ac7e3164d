// Takes changes at once and writes them when the event loop is free; what the disk refuses waits, and calls go on.
import { AppError, type ErrorCode } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import { isCorrupt, type OpenedStore } from './open-store.ts'
import type { Change, HistoryStore } from './store.ts'

export interface Keeper {
  put(change: Change): void
  /** Writes what waits; true when nothing waits any more. */
  flush(): boolean
  /** With everything that waits, unless the disk refused it. Throws `history.unavailable`. */
  store(): HistoryStore
}

interface KeeperParts {
  open(): OpenedStore
  /** Moves the broken database out of the way. */
  setAside(cause: unknown): void
  /** Whoever records says it all once more: the database is a new one. */
  onFresh(): void
  onOpened(opened: OpenedStore): void
  onWritten(changes: readonly Change[]): void
  tell(error: AppError): void
  settle(code: ErrorCode): void
  log: Log
}

const retryMs = 5_000
/** As many changes wait in memory; a day of calls has fewer. */
const mostWaiting = 50_000

export function createKeeper(scope: Scope, parts: KeeperParts): Keeper {
  let waiting: Change[] = []
  let planned: NodeJS.Immediate | undefined
  let opened: OpenedStore | undefined
  let isRefused = false
  let cancelRetry: (() => void) | undefined

  const open = (): HistoryStore => {
    if (!opened) {
      opened = parts.open()
      parts.onOpened(opened)
    }
    return opened.store
  }
  const refuse = (thrown: unknown) => {
    waiting = waiting.slice(-mostWaiting)
    // One clock however often somebody asks meanwhile.
    cancelRetry?.()
    cancelRetry = scope.after(retryMs, flush)
    // Once is enough: it is tried again until it works.
    if (isRefused) return
    isRefused = true
    parts.log.error('the history could not be written', thrown)
    parts.tell(new AppError('history.unsaved', { detail: toReason(thrown), cause: thrown }))
  }
  const restart = (thrown: unknown) => {
    opened?.store.close()
    opened = undefined
    parts.setAside(thrown)
    parts.onFresh()
  }
  const write = () => {
    const taken = waiting
    open().apply(taken)
    waiting = waiting.slice(taken.length)
    parts.onWritten(taken)
    if (!isRefused) return
    isRefused = false
    cancelRetry?.()
    parts.settle('history.unsaved')
  }
  function flush(): boolean {
    clearImmediate(planned)
    planned = undefined
    if (waiting.length === 0) return true
    try {
      write()
    } catch (thrown) {
      if (!isCorrupt(thrown)) refuse(thrown)
      else again(thrown)
    }
    return waiting.length === 0
  }
  const again = (thrown: unknown) => {
    try {
      restart(thrown)
      write()
    } catch (second) {
      refuse(second)
    }
  }

  scope.add(() => {
    flush()
    opened?.store.close()
    opened = undefined
  })
  return {
    put(change) {
      waiting.push(change)
      // While the disk refuses, each attempt may block: the clock tries, not each line.
      if (!isRefused) planned ??= setImmediate(flush)
    },
    flush,
    store() {
      if (!isRefused) flush()
      try {
        return open()
      } catch (thrown) {
        throw new AppError('history.unavailable', { detail: toReason(thrown), cause: thrown })
      }
    },
  }
}

const toReason = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
