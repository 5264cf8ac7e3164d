// What the exports share: wall times, what a record is called, and a second look for secrets with a count of what is gone.
import { redactText } from '../../kit/redact.ts'
import type { FlightRecord, RecordItem, RecordMessage } from '../../model/record.ts'
import type { Phrase } from '../../words/placeholders.ts'

/** Epoch ms of a moment of the record. */
export const toEpoch = ({ about }: Pick<FlightRecord, 'about'>, t: number): number => about.startedAt + t
export const toIso = (record: Pick<FlightRecord, 'about'>, t: number): string =>
  new Date(toEpoch(record, t)).toISOString()

export const isMessage = (item: RecordItem): item is RecordMessage => 'direction' in item && 'title' in item

export interface Redaction {
  /** Places where something was taken out when it was captured, by the kind of what it stood in. */
  atCapture: Record<string, number>
  /** What only the second look found: 0, or the capture has a hole. */
  atExport: number
}

const mask = /•••/g
const toBare = (text: string) => text.replace(/•••|\s/g, '')

/**
 * Everything was redacted when it was captured. Before it leaves it is looked at once more, and counted: who gets the
 * file can tell what is not in it.
 */
export function redactRecord(record: FlightRecord): { record: FlightRecord; redaction: Redaction } {
  const redaction: Redaction = { atCapture: {}, atExport: 0 }
  const clean = (text: string, kind: string): string => {
    const found = text.match(mask)?.length ?? 0
    if (found > 0) redaction.atCapture[kind] = (redaction.atCapture[kind] ?? 0) + found
    const out = redactText(text)
    // A mask that is masked once more is no news.
    if (toBare(out) !== toBare(text)) redaction.atExport += 1
    return out
  }
  const cleanAll = <T extends object>(value: T, kind: string): T =>
    Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, typeof one === 'string' ? clean(one, kind) : one]),
    ) as T
  return {
    record: {
      ...record,
      about: cleanAll(record.about, 'about'),
      items: record.items.map((item) => cleanAll(item, item.kind)),
      rtp: record.rtp.map((sample) => cleanAll(sample, 'rtp')),
    },
    redaction,
  }
}

/** Letters and digits of every script; nothing that a file system or a shell takes for something else. */
export function toFileName({ about }: Pick<FlightRecord, 'about'>): string {
  const day = new Date(about.startedAt).toISOString().slice(0, 16).replace(/[T:]/g, '-')
  const who = about.title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
  return `record-${day}-${who.slice(0, 40) || 'unknown'}.zip`
}

/** What leaves is English, because whoever gets it may speak another language than this window. */
export const toEnglish = ({ text, values = {} }: Phrase): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
