// One text of the queue as a snapshot: how far it is, by which proof, and what can be done with it.
import type { ErrorData } from '../../common/kit/errors.ts'
import { isLeft, type SpeakItem, type SpeakItemStatus } from '../../common/model/speaking.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import { toPercent, toTook } from './format.ts'
import type { Tone } from './tone.ts'

export interface SpeakItemView {
  id: string
  text: string
  status: SpeakItemStatus
  tone: Tone
  /** `Queued`, or its proofs: `Heard after 320 ms · transcribed after 2.9 s · 97 % of the words found`. */
  timing: string
  /** Why it failed; of one under way: what makes it doubtful. */
  error: ErrorData | undefined
  /** Goes out then, and can be taken back until then. */
  dueAt: number | undefined
  edit: { begin: () => void; save: (text: string) => void; leave: () => void } | undefined
  up: (() => void) | undefined
  down: (() => void) | undefined
  again: (() => void) | undefined
  remove: { says: string; run: () => void } | undefined
}

export function toItems(items: readonly SpeakItem[], callId: string, actions: Actions): SpeakItemView[] {
  const waiting = items.filter(({ status }) => status === 'waiting')
  return items.map((item) => {
    const ask = { callId, itemId: item.id }
    const move = (by: -1 | 1) => () => void actions.ask('speaking.move', { ...ask, by })
    const waits = item.status === 'waiting'
    return {
      id: item.id,
      text: item.text,
      status: item.status,
      tone: toTone(item),
      timing: toTiming(item),
      error: item.error,
      dueAt: waits ? item.dueAt : undefined,
      edit: waits
        ? {
            begin: () => void actions.ask('speaking.hold', { ...ask, held: true }),
            save: (text) => void actions.ask('speaking.edit', { ...ask, text }),
            leave: () => void actions.tryAsk('speaking.hold', { ...ask, held: false }),
          }
        : undefined,
      up: waits && waiting[0] !== item ? move(-1) : undefined,
      down: waits && waiting.at(-1) !== item ? move(1) : undefined,
      again: isLeft(item) ? () => void actions.ask('speaking.again', ask) : undefined,
      remove:
        waits || isLeft(item)
          ? {
              says: waits ? say('Take back') : say('Put away'),
              run: () => void actions.ask('speaking.remove', ask),
            }
          : undefined,
    }
  })
}

/** Nothing more comes of one whose time is over, unless it is found in the transcript. */
const toTone = (item: SpeakItem): Tone =>
  item.passedAt !== undefined && (item.status === 'queued' || item.status === 'speaking')
    ? 'idle'
    : tones[item.status]

const tones: Record<SpeakItemStatus, Tone> = {
  waiting: 'idle',
  sending: 'busy',
  queued: 'busy',
  speaking: 'busy',
  heard: 'good',
  transcribed: 'good',
  flushed: 'idle',
  interrupted: 'warn',
  failed: 'bad',
}

function toLabel(item: SpeakItem): string {
  switch (item.status) {
    case 'waiting':
      return item.held ? say('Waiting while it is edited') : say('Waiting')
    case 'sending':
      return item.error ? say('The answer got lost; listening for it') : say('Sending')
    case 'queued':
      return say('Taken by the platform')
    case 'speaking':
      return item.passedAt === undefined ? say('Speaking') : say('Taken by the platform')
    case 'heard':
      return say('Heard')
    case 'transcribed':
      return say('Transcribed')
    case 'flushed':
      return say('Cut off')
    case 'interrupted':
      return say('Interrupted by the other side')
    case 'failed':
      return say('Failed')
  }
}

function toTiming(item: SpeakItem): string {
  const { status, sentAt, heardAt, transcribedAt, wordsFound } = item
  const heard = sentAt !== undefined && heardAt !== undefined
  const parts = [heard ? say('Heard after {time}', { time: toTook(heardAt - sentAt) }) : toLabel(item)]
  if (heard && status !== 'heard' && status !== 'transcribed') parts.unshift(toLabel(item))
  if (sentAt !== undefined && transcribedAt !== undefined) {
    parts.push(say('transcribed after {time}', { time: toTook(transcribedAt - sentAt) }))
  }
  if (wordsFound !== undefined)
    parts.push(say('{share} of the words found', { share: toPercent(wordsFound) }))
  return parts.join(' · ')
}
