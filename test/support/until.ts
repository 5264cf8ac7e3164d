// Waits for something to become true, as long as a slow machine needs.

export type Until = <T>(what: string, look: () => Promise<T> | T, ms?: number) => Promise<NonNullable<T>>

/** Looks every `everyMs`; fails after `ms` with what was not seen. Nothing, null and false mean not yet. */
export const createUntil = (everyMs: number, defaultMs: number): Until =>
  async function until<T>(
    what: string,
    look: () => Promise<T> | T,
    ms: number = defaultMs,
  ): Promise<NonNullable<T>> {
    const end = Date.now() + ms
    for (;;) {
      const found = await look()
      if (found !== undefined && found !== null && found !== false) return found as NonNullable<T>
      if (Date.now() > end) throw new Error(`waited ${ms / 1000} s for ${what}`)
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  }

export const until = createUntil(50, 30_000)
