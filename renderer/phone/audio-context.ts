// The one AudioContext: it measures and synthesises, it never plays. Asleep while nobody uses it.
import type { Scope } from '../../common/kit/scope.ts'

export interface SharedAudioContext {
  /** Awake until the scope ends. */
  use(scope: Scope): AudioContext
  /** The meter's worklet is loaded; false where it cannot be. */
  worklet(): Promise<boolean>
  close(): Promise<void>
}

export function createSharedAudioContext(): SharedAudioContext {
  let context: AudioContext | undefined
  let loaded: Promise<boolean> | undefined
  let users = 0

  const open = (): AudioContext => {
    // No output device: playback goes through <audio> elements, or the echo canceller would lose its reference.
    const silent = { latencyHint: 'interactive', sinkId: { type: 'none' } } as AudioContextOptions
    context ??= new AudioContext(silent)
    return context
  }

  return {
    use(scope) {
      const mine = open()
      users += 1
      if (mine.state === 'suspended') void mine.resume()
      scope.add(() => {
        users -= 1
        // Not at once: a graph that sleeps does not let go of its disconnected nodes.
        setTimeout(() => {
          if (users === 0 && mine.state === 'running') void mine.suspend()
        }, 1000)
      })
      return mine
    },
    worklet() {
      // An address of its own, never a blob or data URL: script-src 'self'.
      loaded ??= open()
        .audioWorklet.addModule(new URL('./meter-worklet.js?no-inline', import.meta.url))
        .then(
          () => true,
          () => false,
        )
      return loaded
    },
    async close() {
      await context?.close().catch(() => {})
      context = undefined
      loaded = undefined
    },
  }
}
