// What the platform hears on a leg: the phone's speech, cut into utterances.
import type { Leg, Pcm, VoiceActivity } from '../line.ts'

export interface Heard {
  pcm: Pcm
  startedAt: number
  endedAt: number
}

export interface Ear {
  onStart(listener: (at: number) => void): () => void
  onHeard(listener: (heard: Heard) => void): () => void
  /** While deaf, what the phone says is dropped (mute of the API). */
  deaf: boolean
  /** Ends an utterance that is still open. */
  flush(): void
}

export function createEar(leg: Leg, activity: VoiceActivity): Ear {
  const starts = new Set<(at: number) => void>()
  const heards = new Set<(heard: Heard) => void>()
  // Offsets count from the first frame; frames come at 20 ms each, also for silence.
  let firstAt: number | undefined

  leg.onAudio((frame) => {
    firstAt ??= Date.now()
    activity.push(ear.deaf ? new Int16Array(frame.length) : frame)
  })
  const toTime = (offsetMs: number) => (firstAt ?? Date.now()) + offsetMs
  activity.onStart((offsetMs) => {
    for (const tell of starts) tell(toTime(offsetMs))
  })
  activity.onUtterance(({ pcm, startMs, endMs }) => {
    for (const tell of heards) tell({ pcm, startedAt: toTime(startMs), endedAt: toTime(endMs) })
  })
  const ear: Ear = {
    deaf: false,
    flush: () => activity.flush(),
    onStart(listener) {
      starts.add(listener)
      return () => starts.delete(listener)
    },
    onHeard(listener) {
      heards.add(listener)
      return () => heards.delete(listener)
    },
  }
  return ear
}
