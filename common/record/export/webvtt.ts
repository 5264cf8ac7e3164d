// The final lines of a record as WebVTT (W3C WebVTT section 4); times are those of the record.
import { toStretches } from '../../figures/speech.ts'
import type { FlightRecord, RecordItem } from '../../model/record.ts'

type Line = Extract<RecordItem, { kind: 'line' }>

const shortestMs = 1_000
const furthestMs = 15_000

export function toWebvtt(record: FlightRecord): string {
  const { about, items } = record
  const sounds = { in: toStretches(items, 'microphone'), out: toStretches(items, 'ear') }
  const names = { in: 'You', out: about.title }
  const cues = items
    .filter((item): item is Line => item.kind === 'line' && item.status === 'final')
    .map((line) => {
      const sound = sounds[line.direction].findLast(({ from }) => from < line.t && from > line.t - furthestMs)
      const from = Math.max(0, sound?.from ?? line.t - shortestMs)
      const to = Math.max(from + shortestMs, sound?.to ?? line.t)
      return { line, from, to }
    })
    .sort((a, b) => a.from - b.from)
  const head = `NOTE ${new Date(about.startedAt).toISOString()} ${toOneLine(about.title).replaceAll('-->', '->')}`
  const texts = cues.map(
    ({ line, from, to }) =>
      `${toOneLine(line.id).replaceAll('-->', '->')}\n${toStamp(from)} --> ${toStamp(to)}\n<v ${toSafe(names[line.direction])}>${toSafe(line.text)}</v>`,
  )
  return `${['WEBVTT', head, ...texts].join('\n\n')}\n`
}

function toStamp(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}.${String(Math.floor(ms % 1_000)).padStart(3, '0')}`
}

const toOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
const toSafe = (text: string) =>
  toOneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
