// A lifetime with a name: whatever opens a socket, timer, track or listener gives its closing to one.
import { AppError } from './errors.ts'

export interface Scope {
  readonly name: string
  readonly ended: boolean
  /** Aborted when the scope ends; its reason is an AppError `app.stopped`. */
  readonly signal: AbortSignal
  /** Registers a closing; runs at once when the scope has ended. Returns a function that forgets it without running it. */
  add(close: () => unknown): () => void
  /** A scope that ends with this one, or before it. */
  child(name: string): Scope
  /** A timer that dies with the scope. Returns its cancel. */
  after(ms: number, run: () => void): () => void
  every(ms: number, run: () => void): () => void
  /** Resolves after `ms`; rejects with `app.stopped` when the scope ends first. */
  sleep(ms: number): Promise<void>
  /** Runs all closings, last in first out, once. A closing that throws does not stop the others. */
  end(): Promise<void>
}

export function createScope(name: string, onError: (error: unknown) => void = () => {}): Scope {
  const closings = new Set<() => unknown>()
  const abort = new AbortController()
  let ending: Promise<void> | undefined

  const add = (close: () => unknown): (() => void) => {
    if (ending) {
      void Promise.resolve().then(close).catch(onError)
      return () => {}
    }
    // A wrapper of its own, so that one function registered twice runs twice.
    const entry = () => close()
    closings.add(entry)
    return () => closings.delete(entry)
  }

  const timer = (start: () => unknown, stop: (handle: never) => void): (() => void) => {
    if (ending) return () => {}
    const handle = start() as never
    const forget = add(() => stop(handle))
    return () => {
      stop(handle)
      forget()
    }
  }

  const scope: Scope = {
    name,
    get ended() {
      return ending !== undefined
    },
    signal: abort.signal,
    add,
    child(childName) {
      const child = createScope(`${name}/${childName}`, onError)
      const forget = add(() => child.end())
      child.add(forget)
      return child
    },
    after(ms, run) {
      let cancel = () => {}
      cancel = timer(
        () =>
          setTimeout(() => {
            cancel()
            run()
          }, ms),
        clearTimeout,
      )
      return cancel
    },
    every: (ms, run) => timer(() => setInterval(run, ms), clearInterval),
    sleep: (ms) =>
      new Promise((resolve, reject) => {
        if (ending) return reject(new AppError('app.stopped', { detail: name }))
        const onEnd = () => reject(new AppError('app.stopped', { detail: name }))
        abort.signal.addEventListener('abort', onEnd, { once: true })
        scope.after(ms, () => {
          abort.signal.removeEventListener('abort', onEnd)
          resolve()
        })
      }),
    end() {
      ending ??= (async () => {
        abort.abort(new AppError('app.stopped', { detail: name }))
        const all = [...closings].reverse()
        closings.clear()
        for (const close of all) {
          try {
            await close()
          } catch (error) {
            onError(error)
          }
        }
      })()
      return ending
    },
  }
  return scope
}
