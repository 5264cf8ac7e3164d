// What was known at one moment of a record: the last word of everything that has one.
import type { RecordItem } from '../../common/model/record.ts'
import { toTitle } from '../../common/record/lanes.ts'
import { frameMs, type LevelGrid, toRms } from '../../common/record/levels.ts'
import type { Phrase } from '../../common/words/placeholders.ts'
import { phrase } from '../../common/words/say.ts'
import type { RecordBoard } from './record-view.ts'

export interface Known {
  id: string
  label: Phrase
  value: string
  /** Since when. */
  t: number
}

interface Question {
  id: string
  label: Phrase
  is(item: RecordItem): boolean
  read(item: RecordItem): string
}

const ofState = (id: string, label: Phrase, what: string): Question => ({
  id,
  label,
  is: (item) => item.kind === 'state' && item.what === what,
  read: (item) => (item.kind === 'state' ? [item.to, item.detail].filter(Boolean).join(', ') : ''),
})
const ofKind = (id: string, label: Phrase, kind: RecordItem['kind']): Question => ({
  id,
  label,
  is: (item) => item.kind === kind,
  read: toTitle,
})
const ofLine = (id: string, label: Phrase, direction: 'in' | 'out'): Question => ({
  id,
  label,
  is: (item) => item.kind === 'line' && item.direction === direction,
  read: (item) => (item.kind === 'line' ? item.text : ''),
})

const questions: readonly Question[] = [
  ofState('call', phrase('Call'), 'session'),
  ofState('platformCall', phrase('Call on the platform'), 'platform call'),
  ofState('registration', phrase('Registration'), 'registration'),
  ofState('events', phrase('Events'), 'events'),
  ofState('microphone', phrase('Microphone'), 'microphone'),
  ofLine('them', phrase('They said'), 'out'),
  ofLine('you', phrase('You said'), 'in'),
  ofKind('typed', phrase('Typed text'), 'say'),
  ofKind('sip', phrase('SIP'), 'sip'),
  ofKind('media', phrase('Media'), 'media'),
  ofKind('api', phrase('API'), 'api'),
  ofKind('event', phrase('Event'), 'event'),
  ofKind('action', phrase('Action'), 'action'),
]

/** Looked for backwards from the moment; what nobody has said yet is left out. */
export function toKnown(board: RecordBoard, t: number): Known[] {
  const { items } = board.record
  const open = new Map(questions.map((question) => [question.id, question]))
  const found = new Map<string, Known>()
  for (let at = countUntil(items, t) - 1; at >= 0 && open.size > 0; at--) {
    const item = items[at]
    if (!item) continue
    for (const question of open.values()) {
      if (!question.is(item)) continue
      found.set(question.id, {
        id: question.id,
        label: question.label,
        value: question.read(item),
        t: item.t,
      })
      open.delete(question.id)
    }
  }
  return questions.flatMap(({ id }) => found.get(id) ?? [])
}

/** Items at or before the moment. */
function countUntil(items: readonly RecordItem[], t: number): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.t ?? 0) <= t) low = middle + 1
    else high = middle
  }
  return low
}

export interface SoundNow {
  /** dBFS; nothing where nothing was measured, minus infinity for digital silence. */
  ear: number | undefined
  microphone: number | undefined
  mos: number | undefined
  loss: number | undefined
  bufferMs: number | undefined
  rttMs: number | undefined
}

/** Counters are asked for once a second. */
const sampleMs = 1_500

export function toSoundNow(board: RecordBoard, t: number): SoundNow {
  const point = board.points.findLast((one) => one.t <= t + 1)
  const fresh = point && t - point.t <= sampleMs ? point : undefined
  return {
    ear: toDecibels(board.ear, t),
    microphone: toDecibels(board.microphone, t),
    mos: fresh?.mos,
    loss: fresh?.loss,
    bufferMs: fresh?.bufferMs,
    rttMs: fresh?.rttMs,
  }
}

function toDecibels({ t: first, frames }: LevelGrid, t: number): number | undefined {
  const byte = frames[Math.floor((t - first) / frameMs)]
  const rms = byte === undefined ? undefined : toRms(byte)
  return rms === undefined ? undefined : 20 * Math.log10(rms)
}
