// The ringing tone: synthesised, on a device and volume of its own.
import { createScope, type Scope } from '../../common/kit/scope.ts'
import type { SharedAudioContext } from './audio-context.ts'
import { createSpeaker } from './speaker.ts'

const period = { loud: 3, quiet: 9 }
type Kind = keyof typeof period

/**
 * Three rising notes, struck twice, then a pause: heard across a room without startling. Beside a call they are struck
 * once, and the pause is long: somebody is listening to another person. Pure.
 */
export function ringTone(sampleRate: number, kind: Kind): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(sampleRate * period[kind]))
  const notes = [
    { at: 0, hertz: 659.26 },
    { at: 0.14, hertz: 830.61 },
    { at: 0.28, hertz: 987.77 },
    { at: 0.7, hertz: 659.26 },
    { at: 0.84, hertz: 830.61 },
    { at: 0.98, hertz: 987.77 },
  ]
  for (const { at, hertz } of kind === 'loud' ? notes : notes.slice(0, 3)) {
    const first = Math.round(at * sampleRate)
    const length = Math.round(0.9 * sampleRate)
    for (let i = 0; i < length && first + i < samples.length; i++) {
      const t = i / sampleRate
      // Soft attack of 8 ms, then it dies away like a struck bar; a quiet octave gives it body.
      const envelope = Math.min(1, t / 0.008) * Math.exp(-5 * t)
      const wave = Math.sin(2 * Math.PI * hertz * t) + 0.25 * Math.sin(4 * Math.PI * hertz * t)
      samples[first + i] = (samples[first + i] ?? 0) + 0.22 * envelope * wave
    }
  }
  return samples
}

export interface Ringer {
  ring(scope: Scope, quiet: boolean): void
  ringOnce(): void
  use(deviceId: string, volume: number): Promise<void>
}

export function createRinger(shared: SharedAudioContext, onTrouble: (why: string) => void): Ringer {
  const speaker = createSpeaker(onTrouble)
  let volume = 0.7

  const start = (scope: Scope, kind: Kind, loop: boolean) => {
    const context = shared.use(scope)
    const tone = ringTone(context.sampleRate, kind)
    const buffer = context.createBuffer(1, tone.length, context.sampleRate)
    buffer.copyToChannel(tone, 0)
    const source = context.createBufferSource()
    source.buffer = buffer
    source.loop = loop
    const out = context.createMediaStreamDestination()
    source.connect(out)
    speaker.play(scope, out.stream, kind === 'loud' ? volume : volume * 0.25)
    source.start()
    scope.add(() => {
      source.stop()
      source.disconnect()
    })
  }

  return {
    ring(scope, quiet) {
      if (volume > 0) start(scope, quiet ? 'quiet' : 'loud', true)
    },
    ringOnce() {
      const scope = createScope('test ring')
      start(scope, 'loud', false)
      scope.after(period.loud * 1000, () => void scope.end())
    },
    async use(deviceId, loudness) {
      volume = loudness
      await speaker.choose(deviceId)
    },
  }
}
