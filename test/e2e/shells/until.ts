// Waits for something to become true, as long as a slow machine needs.

export async function until<T>(
  what: string,
  ask: () => Promise<T> | T,
  ms = 30_000,
): Promise<NonNullable<T>> {
  const end = Date.now() + ms
  for (;;) {
    const answer = await Promise.resolve(ask())
    if (answer !== undefined && answer !== null && answer !== false) return answer as NonNullable<T>
    if (Date.now() > end) throw new Error(`waited ${ms / 1000} s for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** True while a process with this id is there and not a zombie. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
