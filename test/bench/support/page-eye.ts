// Runs in the page: notes when each numbered transcript line was painted.

declare global {
  /** Line number → epoch ms of the task after the frame that painted it. */
  var paintedAt: Record<number, number> | undefined
}

/** Handed to the page as text, so it uses nothing from outside. */
export function watchPaint(): void {
  const seenAt: Record<number, number> = {}
  globalThis.paintedAt = seenAt
  let fresh: number[] = []
  const known = new Set<number>()
  const { port1, port2 } = new MessageChannel()
  let counted: number[] = []
  // The app changes the page inside animation frames; a task queued by a frame runs after that frame was painted.
  const frame = () => {
    requestAnimationFrame(frame)
    counted = fresh
    fresh = []
    inFrame = true
    port2.postMessage(null)
  }
  let inFrame = false
  port1.onmessage = () => {
    inFrame = false
    const at = performance.timeOrigin + performance.now()
    for (const number of counted) seenAt[number] = at
    counted = []
  }
  const look = () => {
    for (const line of document.querySelectorAll('.transcript-slot .line-text')) {
      const number = Number(/mark-(\d+)/.exec(line.textContent ?? '')?.[1] ?? 0)
      if (number === 0 || known.has(number)) continue
      known.add(number)
      // Changed outside a frame: the next one paints it.
      if (inFrame) counted.push(number)
      else fresh.push(number)
    }
  }
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
  requestAnimationFrame(frame)
}
