// Measures a stream beside its playback: level of the last 20 ms, edges of sound, digital silence.
import type { Scope } from '../../common/kit/scope.ts'
import type { SharedAudioContext } from './audio-context.ts'
import { createSoundEdges, frameMs } from './sound-edges.ts'

export interface Meter {
  level(): number
  firstAt(): number | undefined
  soundMs(): number
  /** How long nothing but exact zeros came, at this moment. */
  zerosMs(): number
}

export interface MeterOptions {
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

type Push = (rms: number, at: number) => void

async function connect(scope: Scope, shared: SharedAudioContext, stream: MediaStream, push: Push) {
  const context = shared.use(scope)
  const source = context.createMediaStreamSource(stream)
  const hasWorklet = await shared.worklet()
  if (scope.ended) return
  if (hasWorklet) measureByWorklet(scope, context, source, push)
  else measureByAnalyser(scope, context, source, push)
  scope.add(() => source.disconnect())
}

function measureByWorklet(scope: Scope, context: AudioContext, source: AudioNode, push: Push) {
  const node = new AudioWorkletNode(context, 'companion-meter', { numberOfOutputs: 0 })
  const toEpoch = createFrameClock()
  node.port.onmessage = (event: MessageEvent<[number, number]>) => {
    const [rms, seconds] = event.data
    if (!scope.ended) push(rms, toEpoch(seconds * 1000, performance.timeOrigin + performance.now()))
  }
  source.connect(node)
  scope.add(() => {
    // Not closed as well: the word would be lost and the processor would live, and with it its call.
    node.port.onmessage = null
    node.port.postMessage('end')
  })
}

/** Without a worklet: less exact, because a busy page measures late. */
function measureByAnalyser(scope: Scope, context: AudioContext, source: AudioNode, push: Push) {
  const node = context.createAnalyser()
  node.fftSize = 1024
  const samples = new Float32Array(node.fftSize)
  source.connect(node)
  scope.every(frameMs, () => {
    node.getFloatTimeDomainData(samples)
    let sum = 0
    for (const sample of samples) sum += sample * sample
    push(Math.sqrt(sum / samples.length), Date.now())
  })
}

/** Long enough for a busy page to let one message through in time, short enough to notice that sound stood still. */
const trustFrames = 50

/**
 * Audio time to epoch ms. A message can only be late, never early, so the smallest delay of the last one to two
 * seconds is the truth. Not of all time: audio time stands still while the machine sleeps or the sound starves.
 */
export function createFrameClock(): (audioMs: number, nowMs: number) => number {
  let before = Number.POSITIVE_INFINITY
  let least = Number.POSITIVE_INFINITY
  let frames = 0
  return (audioMs, nowMs) => {
    least = Math.min(least, nowMs - audioMs)
    const at = Math.round(audioMs + Math.min(before, least))
    frames += 1
    if (frames % trustFrames === 0) {
      before = least
      least = Number.POSITIVE_INFINITY
    }
    return at
  }
}
