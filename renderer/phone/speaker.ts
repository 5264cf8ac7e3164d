// Plays through <audio> elements on a chosen device: the echo canceller only knows what elements play.
import type { Scope } from '../../common/kit/scope.ts'

export interface Playback {
  silence(silent: boolean): void
  /** The stream was negotiated anew: attached again, because an element may stay silent on a track that paused. */
  again(): void
}

export interface Speaker {
  /** Plays until the scope ends. */
  play(scope: Scope, stream: MediaStream, volume?: number): Playback
  /** `''` is the system's default; a device that is gone falls back to it. */
  choose(deviceId: string): Promise<void>
}

export function createSpeaker(onTrouble: (why: string) => void): Speaker {
  const playing = new Set<HTMLAudioElement>()
  let deviceId = ''

  const route = async (element: HTMLAudioElement) => {
    if (typeof element.setSinkId !== 'function' || (deviceId === '' && !element.sinkId)) return
    await element.setSinkId(deviceId).catch(async (error: unknown) => {
      onTrouble(error instanceof Error ? error.message : 'the output cannot be used')
      await element.setSinkId('').catch(() => {})
    })
  }

  return {
    play(scope, stream, volume = 1) {
      const element = new Audio()
      element.volume = volume
      playing.add(element)
      scope.add(() => {
        playing.delete(element)
        element.pause()
        element.srcObject = null
      })
      element.srcObject = stream
      // The sink is set before and beside playing; sound must never wait for it.
      void route(element)
      const start = () =>
        element.play().catch((error: unknown) => {
          // A play that a newer one replaced is none that was refused.
          if (scope.ended || (error instanceof Error && error.name === 'AbortError')) return
          onTrouble(error instanceof Error ? error.message : 'playback was refused')
        })
      void start()
      return {
        silence(silent) {
          element.muted = silent
        },
        again() {
          if (scope.ended) return
          element.srcObject = stream
          void start()
        },
      }
    },
    async choose(device) {
      if (device === deviceId) return
      deviceId = device
      await Promise.all([...playing].map(route))
    },
  }
}
