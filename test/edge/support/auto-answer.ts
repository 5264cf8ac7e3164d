// A person who picks up every call at once.
import type { EdgePhone } from '../fixture/edge-phone.ts'

declare global {
  var stopAnswering: (() => void) | undefined
}

/** Until its stop is called. */
export async function answerAll({ page }: EdgePhone): Promise<{ stop(): Promise<void> }> {
  await page.evaluate(() => {
    const { phone } = globalThis.bare
    const taken = new Set<string>()
    globalThis.stopAnswering = phone.store.subscribe(({ sessions }) => {
      for (const { id, status, direction } of sessions) {
        if (direction !== 'incoming' || status !== 'ringing' || taken.has(id)) continue
        taken.add(id)
        // As a click would be: after the phone is done with what it tells. A caller may have given up; the state tells.
        setTimeout(() =>
          phone.handlers['phone.answer']({ sessionId: id }).catch((error) => console.warn(error)),
        )
      }
    })
  })
  return { stop: () => page.evaluate(() => globalThis.stopAnswering?.()) }
}
