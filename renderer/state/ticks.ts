// A few looks a second, shared by everything that shows a level: one timer and one frame for all meters.

/** Fast enough to look alive; each frame that is drawn costs three processes work, in a call all day. */
export const tickMs = 66

const looks = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** Runs `look` at every tick until the returned function is called; never while nobody can see it. */
export function onTick(look: () => void): () => void {
  looks.add(look)
  timer ??= setInterval(() => {
    if (globalThis.document?.hidden) return
    for (const one of looks) one()
  }, tickMs)
  return () => {
    looks.delete(look)
    if (looks.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
