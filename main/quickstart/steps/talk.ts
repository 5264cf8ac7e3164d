// The steps of the conversation: the greeting, the person's own speech, typed text.
import { AppError, toError } from '../../../common/kit/errors.ts'
import type { SpeakItem } from '../../../common/model/speaking.ts'
import type { Phrase } from '../../../common/words/placeholders.ts'
import { phrase, say } from '../../../common/words/say.ts'
import type { Context } from '../parts.ts'
import { callIdOf, finalLines, liveSession, type StepRow, sessionOf } from '../step.ts'
import { duration, quote } from '../words.ts'

export const greeting: StepRow = {
  id: 'greeting',
  timeoutMs: 45_000,
  async run(context) {
    const { until, tell, run } = context
    callIdOf(context)
    const { heardAt, line } = await until(() => {
      liveSession(context)
      const at = firstHeardAt(context)
      const [first] = finalLines(context, 'out')
      if (at !== undefined) tell(say('Heard; waiting for its transcript.'))
      else if (first) tell(say('Transcribed; waiting for its sound.'))
      return at !== undefined && first ? { heardAt: at, line: first } : undefined
    })
    const heardMs = sessionOf(context)?.media?.heardMs ?? 0
    const heard = { after: duration(heardAt - (run.answeredAt ?? heardAt)), text: quote(line.text) }
    return heardMs > 0
      ? say('Heard {after} after the answer, {total} of sound so far; read {text}.', {
          ...heard,
          total: duration(heardMs),
        })
      : say('Heard {after} after the answer; read {text}.', heard)
  },
  late: (context) =>
    new AppError(firstHeardAt(context) === undefined ? 'media.noAudioIn' : 'transcript.silent'),
}

function firstHeardAt(context: Context): number | undefined {
  const session = sessionOf(context)
  if (!session) return undefined
  return context.parts.sounds(session.id, 'ear')[0]?.startedAt ?? session.media?.firstHeardAt
}

export const speech: StepRow = {
  id: 'speech',
  // A person needs a moment to see that it is their turn.
  timeoutMs: 45_000,
  async run(context) {
    const { until, tell } = context
    callIdOf(context)
    tell(say('Speak now: say a few words into the microphone.'))
    const line = await until(() => {
      const { media } = liveSession(context)
      if (media?.microphone === 'digitalSilence')
        tell(say('The microphone delivers only digital silence. Check its mute switch.'))
      else if (spokenMs(context) > 0)
        tell(
          say('Speech noticed ({time}); waiting for its transcript.', { time: duration(spokenMs(context)) }),
        )
      return finalLines(context, 'in')[0]
    })
    const spoken = spokenMs(context)
    const text = quote(line.text)
    return spoken > 0
      ? say('You spoke for {time}; read {text}.', { time: duration(spoken), text })
      : say('Noticed by the platform; read {text}.', { text })
  },
  late(context) {
    const media = sessionOf(context)?.media
    if (spokenMs(context) > 0) return new AppError('transcript.silent', { detail: 'your own speech' })
    if (media?.microphone === 'none') return new AppError('media.micMissing')
    return new AppError('media.micSilent', {
      detail: media?.microphone === 'digitalSilence' ? undefined : 'nobody spoke into it',
    })
  },
}

function spokenMs(context: Context): number {
  const session = sessionOf(context)
  if (!session) return 0
  const stretches = context.parts.sounds(session.id, 'microphone')
  const total = stretches.reduce(
    (sum, { startedAt, endedAt }) => sum + ((endedAt ?? Date.now()) - startedAt),
    0,
  )
  return Math.max(total, session.media?.spokenMs ?? 0)
}

/** So that what is heard next is what was typed: the greeting must be over. */
const quietMs = 600
const patienceMs = 20_000

export const typed: StepRow = {
  id: 'say',
  timeoutMs: 60_000,
  async run(context) {
    const { parts, until, tell, sayText } = context
    const callId = callIdOf(context)
    tell(say('Waiting for a pause.'))
    await pause(context)
    const ids = parts.say(callId, sayText)
    const items = await until(() => {
      liveSession(context)
      const mine = itemsOf(context, callId, ids)
      const failed = mine.find(({ status }) => status === 'failed')
      if (failed?.error) throw toError(failed.error)
      tell(mine.map(({ status }) => say(statusWords[status])).join(', '))
      return mine.length === ids.length && mine.every(isProven(context)) ? mine : undefined
    })
    return items.map((item) => proofOf(item)).join(' ')
  },
  late(context) {
    const speaking = context.parts.state().speakings[context.run.callId ?? '']
    if (speaking?.session.status === 'failed') return toError(speaking.session.error)
    const last = speaking?.items.at(-1)
    if (last?.status === 'speaking' || last?.status === 'heard')
      return new AppError('transcript.silent', { detail: 'the typed text' })
    return new AppError(last?.sentAt === undefined ? 'speaking.unavailable' : 'speaking.notHeard')
  },
}

function itemsOf({ parts }: Context, callId: string, ids: readonly string[]): SpeakItem[] {
  return parts.state().speakings[callId]?.items.filter(({ id }) => ids.includes(id)) ?? []
}

/** Heard by its own edge, or within sound that was there already. */
const isProven =
  (context: Context) =>
  ({ status, sentAt = 0, heardAt, transcribedAt = Date.now() }: SpeakItem): boolean =>
    status === 'transcribed' &&
    (heardAt !== undefined ||
      context.parts
        .sounds(context.run.sessionId ?? '', 'ear')
        .some(({ startedAt, endedAt }) => startedAt < transcribedAt && (endedAt ?? transcribedAt) > sentAt))

function proofOf({
  sentAt = 0,
  heardAt,
  transcribedAt = 0,
  wordsFound = 0,
  transcriptText = '',
}: SpeakItem): string {
  const proof = {
    time: duration(transcribedAt - sentAt),
    share: Math.round(wordsFound * 100),
    text: quote(transcriptText),
  }
  return heardAt === undefined
    ? say('Queued, heard, transcribed after {time} with {share} % of its words: {text}.', proof)
    : say('Queued, heard after {after}, transcribed after {time} with {share} % of its words: {text}.', {
        ...proof,
        after: duration(heardAt - sentAt),
      })
}

async function pause(context: Context): Promise<void> {
  const { parts, run, scope } = context
  const until = Date.now() + patienceMs
  while (Date.now() < until) {
    const last = parts.sounds(run.sessionId ?? '', 'ear').at(-1)
    const quietFor = last === undefined ? quietMs : Date.now() - (last.endedAt ?? Date.now())
    if (quietFor >= quietMs) return
    await scope.sleep(quietMs - quietFor)
  }
}

const statusWords: Record<SpeakItem['status'], Phrase> = {
  waiting: phrase('waiting'),
  sending: phrase('sending'),
  queued: phrase('queued'),
  speaking: phrase('being spoken'),
  heard: phrase('heard'),
  transcribed: phrase('transcribed'),
  interrupted: phrase('interrupted'),
  flushed: phrase('flushed'),
  failed: phrase('failed'),
}
