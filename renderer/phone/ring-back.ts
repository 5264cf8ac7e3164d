// What the caller hears while the other side rings and sends no sound of its own (ITU-T E.180: 425 Hz, 1 s, then 4 s of pause).
import type { Scope } from '../../common/kit/scope.ts'
import type { SharedAudioContext } from './audio-context.ts'
import type { Speaker } from './speaker.ts'

const toneSeconds = 1
const periodSeconds = 5
/** Steps would click. */
const rampSeconds = 0.02

/** One period. Pure. */
export function ringBackTone(sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(sampleRate * periodSeconds)
  const length = sampleRate * toneSeconds
  for (let i = 0; i < length; i++) {
    const edge = Math.min(i, length - i) / sampleRate
    samples[i] = 0.1 * Math.min(1, edge / rampSeconds) * Math.sin((2 * Math.PI * 425 * i) / sampleRate)
  }
  return samples
}

/** On the device of the call, until the scope ends. */
export function playRingBack(scope: Scope, shared: SharedAudioContext, speaker: Speaker): void {
  const context = shared.use(scope)
  const buffer = context.createBuffer(1, context.sampleRate * periodSeconds, context.sampleRate)
  buffer.copyToChannel(ringBackTone(context.sampleRate), 0)
  const source = context.createBufferSource()
  source.buffer = buffer
  source.loop = true
  const out = context.createMediaStreamDestination()
  source.connect(out)
  speaker.play(scope, out.stream)
  source.start()
  scope.add(() => {
    source.stop()
    source.disconnect()
  })
}
