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
  /** The chosen one cannot be used. */
  refused(): boolean
}

export function createSpeaker(
  onTrouble: (why: string) => void,
  /** The chosen device cannot be used, and the default is; or that is over. */
  onRefused: (refused: boolean) => void = () => {},
): Speaker {
  const playing = new Set<HTMLAudioElement>()
  let deviceId = ''
  let refused = false

  const mark = (now: boolean) => {
    if (refused === now) return
    refused = now
    onRefused(now)
  }
  const route = async (element: HTMLAudioElement) => {
    const device = deviceId
    if (typeof element.setSinkId !== 'function' || (device === '' && !element.sinkId)) return
    await element.setSinkId(device).catch(async (error: unknown) => {
      // Another one was chosen meanwhile: what became of this one is of no account.
      if (device !== deviceId) return
      onTrouble(error instanceof Error ? error.message : 'the output cannot be used')
      mark(true)
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
      // One that was refused is tried again.
      if (device === deviceId && !refused) return
      deviceId = device
      mark(false)
      await Promise.all([...playing].map(route))
    },
    refused: () => refused,
  }
}
