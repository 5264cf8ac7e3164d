// Measures a stream beside its playback: level of the last 20 ms, edges of sound, digital silence.
import type { Scope } from '../../common/kit/scope.ts'
import type { SharedAudioContext } from './audio-context.ts'
import type { PushFrame } from './meter-nodes.ts'
import { createSoundEdges, frameMs } from './sound-edges.ts'

export interface Meter {
  level(): number
  firstAt(): number | undefined
  soundMs(): number
  /** How long nothing but exact zeros came, at this moment. */
  zerosMs(): number
}

export interface MeterOptions {
  /** Each 20 ms, with the epoch ms of their end. */
  onFrame?: ((rms: number, at: number) => void) | undefined
  onEdge(edge: { edge: 'start' | 'end'; at: number }): void
}

export function openMeter(
  scope: Scope,
  shared: SharedAudioContext,
  stream: MediaStream,
  options: MeterOptions,
): Meter {
  const edges = createSoundEdges()
  let level = 0
  let zeroFrames = 0
  const push = (rms: number, at: number) => {
    level = rms
    options.onFrame?.(rms, at)
    zeroFrames = rms === 0 ? zeroFrames + 1 : 0
    const edge = edges.push(rms, at)
    if (edge) options.onEdge(edge)
  }
  scope.add(() => {
    level = 0
    const edge = edges.flush()
    if (edge) options.onEdge(edge)
  })
  void connect(scope, shared, stream, push)
  return {
    level: () => level,
    firstAt: () => edges.firstAt,
    soundMs: () => edges.soundMs(Date.now()),
    zerosMs: () => zeroFrames * frameMs,
  }
}

async function connect(scope: Scope, shared: SharedAudioContext, stream: MediaStream, push: PushFrame) {
  const context = shared.use(scope)
  // Chromium 156 keeps 10 KiB of each such source for good, disconnected or not, its context closed or not. Stream,
  // track and peer connection are let go.
  const source = context.createMediaStreamSource(stream)
  const measure = await shared.measure()
  if (measure) measure(scope, source, push)
  else if (!scope.ended) measureByAnalyser(scope, context, source, push)
}

/** Without a worklet: less exact, because a busy page measures late. */
function measureByAnalyser(scope: Scope, context: AudioContext, source: AudioNode, push: PushFrame) {
  const node = context.createAnalyser()
  node.fftSize = 1024
  const samples = new Float32Array(node.fftSize)
  source.connect(node)
  scope.add(() => source.disconnect())
  scope.every(frameMs, () => {
    node.getFloatTimeDomainData(samples)
    let sum = 0
    for (const sample of samples) sum += sample * sample
    push(Math.sqrt(sum / samples.length), Date.now())
  })
}
