// The lanes of a record, and what each item is called there.
import type { RecordItem } from '../model/record.ts'
import type { Phrase } from '../words/placeholders.ts'
import { phrase } from '../words/say.ts'

export const lanes = ['sound', 'text', 'signalling', 'api', 'quality', 'done'] as const
export type Lane = (typeof lanes)[number]

export const laneLabels: Record<Lane, Phrase> = {
  sound: phrase('Sound'),
  text: phrase('Text'),
  signalling: phrase('Signalling'),
  api: phrase('API and events'),
  quality: phrase('Quality'),
  done: phrase('Actions and states'),
}

const lanesOf: Record<RecordItem['kind'], Lane> = {
  sound: 'sound',
  line: 'text',
  shown: 'text',
  say: 'text',
  sip: 'signalling',
  media: 'signalling',
  api: 'api',
  event: 'api',
  webhook: 'api',
  app: 'done',
  action: 'done',
  state: 'done',
}

export const toLane = ({ kind }: RecordItem): Lane => lanesOf[kind]

export type Tone = 'good' | 'bad' | 'plain'

const bad = /^(failed|refused|expired|digitalSilence|none|silent)/

export function toTone(item: RecordItem): Tone {
  if ('tone' in item) return item.tone
  if (item.kind === 'state') return bad.test(item.to) && item.what !== 'extension' ? 'bad' : 'plain'
  return item.kind === 'say' && /^(failed|interrupted)$/.test(item.status) ? 'bad' : 'plain'
}

const arrows = { in: '←', out: '→', none: '' } as const
const kinds: Partial<Record<RecordItem['kind'], string>> = {
  api: 'API',
  event: 'Event',
  webhook: 'Webhook',
  sip: 'SIP',
  media: 'Media',
  app: 'App',
}
const wheres = { ear: 'in the ear', microphone: 'from the microphone' } as const

/** One line for people. */
export function toTitle(item: RecordItem): string {
  switch (item.kind) {
    case 'line':
      return `${item.direction === 'in' ? 'You' : 'Them'}${item.status === 'interim' ? ' (interim)' : ''}: ${item.text}`
    case 'shown':
      return `${item.status === 'interim' ? 'Interim text' : 'Line'} on the screen`
    case 'say':
      return `Typed, ${item.status}: ${item.text}`
    case 'sound':
      return `Sound ${wheres[item.where]} ${item.edge === 'start' ? 'begins' : 'ends'}`
    case 'action':
      return item.title
    case 'state':
      return `${item.what}: ${item.to}${item.detail ? ` – ${item.detail}` : ''}`
    default: {
      const result = item.result !== undefined && !item.title.startsWith(item.result) ? ` ${item.result}` : ''
      return [kinds[item.kind], arrows[item.direction], `${item.title}${result}`].filter(Boolean).join(' ')
    }
  }
}

/** `-0:01.250`, `12:03.004`. */
export function toStamp(t: number): string {
  const ms = Math.round(Math.abs(t))
  const two = (value: number, width = 2) => String(Math.floor(value)).padStart(width, '0')
  const hours = Math.floor(ms / 3_600_000)
  const rest = `${two((ms / 1_000) % 60)}.${two(ms % 1_000, 3)}`
  const minutes = hours > 0 ? `${hours}:${two((ms / 60_000) % 60)}` : String(Math.floor(ms / 60_000))
  return `${t < -0.5 ? '-' : ''}${minutes}:${rest}`
}
