// The worklet nodes that measure, lent to one stream after the other: the processors of thrown away ones, also of ended
// ones, stay until the audio thread collects its garbage, which it was not seen to do (Chromium 156).
import type { Scope } from '../../common/kit/scope.ts'

/** The RMS of 20 ms, and the epoch ms of their end. */
export type PushFrame = (rms: number, at: number) => void

/** Measures the source until the scope ends. */
export type Measure = (scope: Scope, source: AudioNode, push: PushFrame) => void

/**
 *   resting ──its use is told──→ measuring ──0 is told──→ resting
 */
export function createMeasure(createNode: () => AudioWorkletNode): Measure {
  const resting: AudioWorkletNode[] = []
  let uses = 0
  return (scope, source, push) => {
    if (scope.ended) return
    const node = resting.pop() ?? createNode()
    const use = ++uses
    node.port.onmessage = ({ data }: MessageEvent<[number, number, number]>) => {
      const [frameOf, rms, at] = data
      // A frame of the stream before may still be on its way.
      if (frameOf === use) push(rms, at)
    }
    node.port.postMessage(use)
    source.connect(node)
    scope.add(() => {
      source.disconnect()
      node.port.onmessage = null
      node.port.postMessage(0)
      resting.push(node)
    })
  }
}
