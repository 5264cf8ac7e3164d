// The Call screen while somebody reads: searching, pinning, in large letters, in several scripts, with very much text.
import { toHistoryId } from '../../common/model/history.ts'
import { momentOfLine, momentOfTime } from '../../common/model/moment.ts'
import type { TranscriptEntry, TranscriptLine } from '../../common/model/transcript.ts'
import { initialReading, type Reading } from '../view/reading-view.ts'
import { speakingApp } from './call-states.ts'
import * as p from './people.ts'
import { manyLines } from './rows.ts'
import { type GalleryState, state, withSettings } from './state.ts'

const { callId, now } = p
const longName = 'Wilhelmine Alexandra von Hohenstein-Schwarzenberg, Accounts Receivable'
const session = p.aSession()
const inCall = p.withSessions(session)
const named = p.withSessions({ ...session, remote: { ...session.remote, displayName: longName } })

const [first, second] = p.someLines.filter((entry): entry is TranscriptLine => entry.kind === 'line')
const moments = {
  [toHistoryId(session)]: [
    ...(first ? [momentOfLine('pin', first)] : []),
    ...(second ? [momentOfLine('flag', second), momentOfLine('pin', second)] : []),
    momentOfTime('flag', now - 44_000),
  ],
}

const reading = (
  id: string,
  says: string,
  patch: Partial<Reading>,
  more: Partial<Parameters<typeof state>[2]> & { lines?: readonly TranscriptEntry[] } = {},
): GalleryState =>
  state(`call-reading-${id}`, says, {
    app: { ...speakingApp, moments },
    phone: inCall,
    ...more,
    copy: { transcripts: { [callId]: [...(more.lines ?? p.someLines)] } },
    ui: { reading: { ...initialReading, ...patch } },
  })

const spoken = (index: number, direction: 'in' | 'out', language: string, text: string) =>
  p.aLine(index, direction, text, { language })
const scripts: TranscriptEntry[] = [
  spoken(0, 'out', 'en-US', 'Hello, this is the support desk of Acme. How can I help you today?'),
  spoken(1, 'in', 'ar-EG', 'مرحبا، أريد أن أسأل عن الفاتورة رقم 4711 من شركة Acme، متى تصل؟'),
  spoken(
    2,
    'out',
    'ko-KR',
    '안녕하세요, 청구서 4711은 내일 오전에 도착할 예정입니다. 다른 질문이 있으신가요?',
  ),
  spoken(3, 'in', 'ar-EG', 'شكرا.'),
  { kind: 'gap', id: 'gap-1', callId, createdAt: now - 55_000, endedAt: now - 51_000, filled: 0 },
  spoken(
    5,
    'out',
    'en-US',
    `The reference is ${'Donaudampfschifffahrtsgesellschaftskapitaen'.repeat(3)}, please write it down.`,
  ),
  spoken(6, 'out', 'ja-JP', '確認番号は四七一一です。もう一度繰り返しますか。'),
  { kind: 'gap', id: 'gap-2', callId, createdAt: now - 38_000, filled: 0 },
  p.aLine(7, 'out', 'and then the second', {
    status: 'interim',
    id: 'interim-out',
    language: 'en-US',
    slot: 's7',
  }),
]
const oneVoice = Array.from({ length: 30 }, (_, index) =>
  p.aLine(index, 'out', `This is announcement number ${index + 1} and nobody answers it.`),
)

export const readingStates: GalleryState[] = [
  reading('search', 'Looking for a word', { search: { open: true, text: 'you', at: 1 } }),
  reading('nothing', 'A word that was not said', { search: { open: true, text: 'invoice', at: 0 } }),
  reading('moments', 'What is pinned and flagged, with a chosen line', {
    listed: true,
    selected: second?.id,
  }),
  reading('again', 'The last line of the other side once more', { again: 1 }),
  reading(
    'large',
    'Large captions with wide spacing',
    {},
    {
      app: withSettings({ ...speakingApp, moments }, { captionSize: 24, captionSpacing: 'wide' }),
    },
  ),
  reading(
    'scripts',
    'Several languages and scripts, a very long word, gaps',
    {},
    { lines: scripts, phone: named },
  ),
  reading('one', 'Only the other side speaks', {}, { lines: oneVoice }),
  reading(
    'thousand',
    'A thousand lines',
    { search: { open: true, text: 'speak', at: 2 } },
    { lines: manyLines(1_000) },
  ),
]
