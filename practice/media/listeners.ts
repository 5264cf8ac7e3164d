// A set of listeners to one happening. A listener that throws does not keep the others from hearing it.

export interface Listeners<T> {
  add(listener: (value: T) => void): () => void
  tell(value: T): void
  clear(): void
}

export function createListeners<T>(): Listeners<T> {
  const all = new Set<(value: T) => void>()
  return {
    add(listener) {
      all.add(listener)
      return () => all.delete(listener)
    },
    tell(value) {
      for (const listener of [...all]) {
        try {
          listener(value)
        } catch (error) {
          queueMicrotask(() => {
            throw error
          })
        }
      }
    },
    clear: () => all.clear(),
  }
}
