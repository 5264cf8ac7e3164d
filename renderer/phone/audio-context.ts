// The one AudioContext: it measures and synthesises, it never plays. Asleep while nobody uses it.
import type { Scope } from '../../common/kit/scope.ts'
import { createMeasure, type Measure } from './meter-nodes.ts'

export interface SharedAudioContext {
  /** Awake until the scope ends. */
  use(scope: Scope): AudioContext
  /** By the meter's worklet; undefined where it cannot be loaded. */
  measure(): Promise<Measure | undefined>
  close(): Promise<void>
}

const restMs = 1000

export function createSharedAudioContext(): SharedAudioContext {
  let context: AudioContext | undefined
  let measure: Promise<Measure | undefined> | undefined
  let users = 0
  let rest: ReturnType<typeof setTimeout> | undefined

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
      clearTimeout(rest)
      // Also while it still says `running`: it may be on its way to sleep.
      if (users === 1) void mine.resume().catch(() => {})
      scope.add(() => {
        users -= 1
        if (users > 0) return
        // Not at once: a graph that sleeps does not let go of its disconnected nodes.
        rest = setTimeout(() => void mine.suspend().catch(() => {}), restMs)
      })
      return mine
    },
    measure() {
      const mine = open()
      // An address of its own, never a blob or data URL: script-src 'self'.
      measure ??= mine.audioWorklet.addModule(new URL('./meter-worklet.js?no-inline', import.meta.url)).then(
        () => createMeasure(() => new AudioWorkletNode(mine, 'companion-meter', { numberOfOutputs: 0 })),
        () => undefined,
      )
      return measure
    },
    async close() {
      clearTimeout(rest)
      await context?.close().catch(() => {})
      context = undefined
      measure = undefined
    },
  }
}
