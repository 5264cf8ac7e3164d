// Tells which lines came onto the screen, in the task after the frame that shows them.
import { useEffect, useRef } from 'react'
import type { TranscriptEntry, TranscriptLine } from '../../common/model/transcript.ts'

/** New lines are looked for among so many at the end. */
const depth = 16
/** What is painted later than this after it was drawn was not on its way to the screen: the window was hidden. */
const longestMs = 1_000

/** `tell` undefined: nobody sees the end of the list now. Lines that were there when it began, or were fetched, count not. */
export function useShownLines(
  entries: readonly TranscriptEntry[],
  tell: ((lines: TranscriptLine[]) => void) | undefined,
): void {
  const seen = useRef<WeakSet<TranscriptEntry>>(undefined)
  useEffect(() => {
    const last = entries.slice(-depth)
    const known = seen.current ?? new WeakSet(last)
    seen.current = known
    const fresh = last.filter((entry) => !known.has(entry))
    for (const entry of fresh) known.add(entry)
    const lines = fresh.filter(
      (entry) => entry.kind === 'line' && entry.source === 'event',
    ) as TranscriptLine[]
    if (tell && lines.length > 0 && document.visibilityState === 'visible') afterPaint(() => tell(lines))
  }, [entries, tell])
}

/** The frame that shows what was just drawn, and then the first task behind it. */
function afterPaint(run: () => void): void {
  const drawnAt = performance.now()
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      if (document.visibilityState === 'visible' && performance.now() - drawnAt < longestMs) run()
    }
    port2.postMessage(null)
  })
}
