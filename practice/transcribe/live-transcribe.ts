// A transcription that runs on a call: `out` is what was really played, `in` what the phone really said.
import { randomUUID } from 'node:crypto'
import type { Heard } from '../call/ear.ts'
import type { LiveCall } from '../call/live-call.ts'
import { firstWords, type Spoken } from '../call/mouth.ts'
import type { Side, Transcribe, Transcript } from '../store/resources.ts'
import { toOffsetStamp } from '../store/time.ts'
import type { World } from '../world.ts'

export function startTranscribing(world: World, live: LiveCall, transcribe: Transcribe): void {
  const startedAt = Date.now()
  const scope = live.scope.child(`transcribe ${transcribe.id}`)
  const wants = (side: Side) => transcribe.direction === side || transcribe.direction === 'both'
  const write = (side: Side, at: number, message: string) =>
    addTranscript(world, transcribe, side, at - startedAt, message)

  if (wants('out')) {
    scope.add(followMouth(world, live, transcribe, write))
    scope.add(followFar(world, live, transcribe, write))
  }
  if (wants('in')) scope.add(followEar(world, live, transcribe, write))
  live.transcribers.set(transcribe.id, () => {
    live.transcribers.delete(transcribe.id)
    void scope.end()
    world.store.transcribes.change(transcribe, { status: 'done' })
    world.events.publish('transcribe_done', transcribe)
  })
  live.variables.set('voipbin.transcribe.id', transcribe.id)
  world.events.publish('transcribe_created', transcribe)
  world.events.publish('transcribe_progressing', transcribe)
}

type Write = (side: Side, at: number, message: string) => void

function followMouth(world: World, live: LiveCall, transcribe: Transcribe, write: Write): () => void {
  const tell = createSpeechEvents(world, transcribe, 'out')
  let interim: NodeJS.Timeout | undefined
  const stopStart = live.mouth.onStart((utterance, durationMs) => {
    tell('started')
    const half = firstWords(utterance.text, 0.5)
    if (half) interim = setTimeout(() => tell('interim', half), durationMs / 2)
  })
  const stopSpoken = live.mouth.onSpoken((spoken: Spoken) => {
    clearTimeout(interim)
    tell('ended')
    if (spoken.heard) write('out', spoken.startedAt, spoken.heard)
  })
  return () => {
    // A cut utterance is still being written when the call ends (contract E.7: a hang-up can overtake it).
    stopStart()
    setTimeout(() => {
      clearTimeout(interim)
      stopSpoken()
    }, 100).unref()
  }
}

/** What the phone hears of the other side: one more speaker on the same `out`. */
function followFar(world: World, live: LiveCall, transcribe: Transcribe, write: Write): () => void {
  const tell = createSpeechEvents(world, transcribe, 'out')
  return live.far.onWords(({ phase, text, startedAt }) => {
    tell(phase, phase === 'interim' ? text : undefined)
    if (phase === 'ended') write('out', startedAt, text)
  })
}

function followEar(world: World, live: LiveCall, transcribe: Transcribe, write: Write): () => void {
  const tell = createSpeechEvents(world, transcribe, 'in')
  const stopStart = live.ear.onStart(() => tell('started'))
  const stopHeard = live.ear.onHeard(async (heard) => {
    const message = await toWords(world, heard)
    tell('interim', firstWords(message, 0.5) || message)
    tell('ended')
    write('in', heard.startedAt, message)
  })
  return () => {
    stopStart()
    stopHeard()
  }
}

/** Honest about what it cannot know: without a recogniser it says that speech was heard, and for how long. */
async function toWords(world: World, heard: Heard): Promise<string> {
  const scripted = world.faults.heard.shift()
  if (scripted !== undefined) return scripted
  const words = await world.recogniser.recognise(heard.pcm).catch(() => undefined)
  if (words) return words
  const seconds = (Math.max(0, heard.endedAt - heard.startedAt) / 1000).toFixed(1)
  return world.recogniser.name === 'none'
    ? `(speech of ${seconds} s; practice has no recogniser)`
    : `(speech of ${seconds} s that the recogniser of practice did not understand)`
}

export function addTranscript(
  world: World,
  transcribe: Transcribe,
  direction: Side,
  offsetMs: number,
  message: string,
): void {
  const row = world.store.transcripts.add({
    ...world.store.row(transcribe.customer_id),
    transcribe_id: transcribe.id,
    direction,
    message,
    tm_transcript: toOffsetStamp(offsetMs),
  })
  world.events.publish('transcript_created', toShownTranscript(row))
}

/** A transcript never changes: it shows no times of that. */
export function toShownTranscript({ tm_update: _, tm_delete: __, ...rest }: Transcript) {
  return rest
}

/** Speech events carry a random id of their own (contract E.3, E.5). */
function createSpeechEvents(world: World, transcribe: Transcribe, direction: Side) {
  const streaming_id = randomUUID()
  return (phase: 'started' | 'interim' | 'ended', message?: string) => {
    const at = world.store.stamp()
    world.events.publish(`transcribe_speech_${phase}`, {
      id: randomUUID(),
      customer_id: transcribe.customer_id,
      streaming_id,
      transcribe_id: transcribe.id,
      language: transcribe.language,
      direction,
      ...(message === undefined ? {} : { message }),
      tm_event: at,
      tm_create: at,
    } as { id: string; customer_id: string })
  }
}
