// One field of a store as its owner sees it: read it, replace it. Handing out slices keeps one writer per value.
import type { StoreApi } from 'zustand/vanilla'

export interface Slice<T> {
  get(): T
  set(next: T): void
}

export function sliceOf<State extends object, Name extends keyof State>(
  store: Pick<StoreApi<State>, 'getState' | 'setState'>,
  name: Name,
): Slice<State[Name]> {
  return {
    get: () => store.getState()[name],
    set: (next) => {
      const change: Partial<State> = {}
      change[name] = next
      store.setState(change)
    },
  }
}

/** A slice without a store, for tests. */
export function createSlice<T>(first: T): Slice<T> {
  let value = first
  return {
    get: () => value,
    set: (next) => {
      value = next
    },
  }
}
