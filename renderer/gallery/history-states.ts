// History in every state.
import type { HistoryCall, HistoryDetail } from '../../common/model/history.ts'
import { momentOfLine } from '../../common/model/moment.ts'
import { type HistoryUi, initialHistoryUi, initialSearch } from '../view/history-view.ts'
import * as p from './people.ts'
import { freshApp, type GalleryState, state } from './state.ts'

const day = 86_400_000
const long = 'Hohenstein-Schwarzenberg Accounts Receivable and Collections Limited Partnership'
const said = [
  'Good morning, I am calling about invoice 4711, it came twice.',
  'Can you call me back before noon?',
  'Thank you, that was all.',
]

function aCall(index: number, more: Partial<HistoryCall> = {}): HistoryCall {
  const startedAt = p.now - index * 47 * 60_000
  return {
    id: `call-${index}`,
    profile: 'default',
    customerId: p.aSignIn.customerId,
    direction: index % 3 === 1 ? 'outgoing' : 'incoming',
    name: ['VoIPBIN test call', '+1 555 020 0042', 'Reception'][index % 3] ?? '',
    address: `+1555020${String(index).padStart(4, '0')}@pstn.voipbin.test`,
    startedAt,
    answeredAt: startedAt + 4_000,
    endedAt: startedAt + 64_000 + index * 1_700,
    outcome: index % 2 === 0 ? 'hungUpByThem' : 'hungUpByUs',
    flagged: index % 11 === 4,
    note: '',
    lines: 12,
    ...more,
  }
}

const unanswered = { answeredAt: undefined, lines: 0 }
const calls: HistoryCall[] = [
  aCall(0, { endedAt: undefined, outcome: undefined }),
  aCall(1, { flagged: true, note: 'Wants the contract by Monday' }),
  aCall(2, { ...unanswered, direction: 'incoming', outcome: 'canceled' }),
  aCall(3, { name: long }),
  aCall(4, { ...unanswered, direction: 'outgoing', outcome: 'busy' }),
  aCall(5, { outcome: 'interrupted' }),
  aCall(6, { ...unanswered, direction: 'incoming', outcome: 'declined' }),
  aCall(7, { outcome: 'transferred' }),
]
const many = Array.from({ length: 1_000 }, (_, index) => (index < 8 ? calls[index] : aCall(index))).flatMap(
  (call) => call ?? [],
)
const found = many
  .slice(8, 20)
  .map((call, index) => ({ ...call, hit: { text: said[index % 2] ?? '', count: 1 + (index % 3) } }))

const ready = (list: HistoryCall[], total = list.length): HistoryUi['found'] => ({
  status: 'ready',
  calls: list,
  total,
})
const momentsOf = ([, second, third]: HistoryDetail['entries']): HistoryDetail['moments'] => [
  ...(second?.kind === 'line' ? [momentOfLine('pin', second)] : []),
  ...(third?.kind === 'line' ? [momentOfLine('flag', third)] : []),
]
const detail = (call: HistoryCall, entries: HistoryDetail['entries']): Partial<HistoryUi> => ({
  open: call.id,
  detail: {
    status: 'ready',
    call,
    entries,
    spoken: [
      {
        id: 's',
        text: 'This sentence was typed and is spoken into the call.',
        status: 'heard',
        createdAt: p.now - day,
        sentAt: p.now - day,
      },
    ],
    moments: momentsOf(entries),
  },
})
const app = { ...p.signedInApp, history: { kept: 'database' as const, revision: 1 } }
const history = (
  id: string,
  says: string,
  patch: Partial<HistoryUi>,
  more: Parameters<typeof state>[2] = {},
) => state(`history-${id}`, says, { app, ...more, ui: { history: { ...initialHistoryUi, ...patch } } })
const finals = p.someLines.filter((entry) => entry.kind === 'gap' || entry.status === 'final')
const flagged = calls[1] as HistoryCall
const longest = calls[3] as HistoryCall
const missed = calls[2] as HistoryCall

export const historyStates: readonly GalleryState[] = [
  history('empty', 'No calls yet', { found: ready([]) }),
  history('loading', 'Looking', {}),
  history('failed', 'The disk refuses', {
    found: { status: 'failed', error: p.anError('history.unavailable', 'database or disk is full') },
  }),
  history('list', '1,000 calls', { found: ready(many) }),
  history('call', 'One call open, flagged, with a note', { found: ready(many), ...detail(flagged, finals) }),
  history('long', 'A long name, typed words, two calls selected', {
    found: ready(calls),
    selected: ['call-3', 'call-7'],
    ...detail(longest, finals),
  }),
  history('search', 'Words were found', {
    found: ready(found, 3_212),
    search: { ...initialSearch, text: 'invoice call', period: 'month' },
  }),
  history('nothing', 'No call matches', {
    found: ready([]),
    search: { ...initialSearch, text: 'pineapple', missed: true },
  }),
  history('missed', 'A missed call open, nothing was written down', {
    found: ready(calls.filter(({ outcome }) => outcome === 'canceled')),
    search: { ...initialSearch, missed: true },
    ...detail(missed, []),
  }),
  history(
    'file',
    'A runtime without a database, several profiles',
    {
      found: ready(calls.map((call) => ({ ...call, startedAt: call.startedAt - 2 * day }))),
      told: undefined,
    },
    {
      app: {
        ...app,
        profiles: p.twoProfiles,
        history: {
          kept: 'file',
          why: 'This runtime has no database, so the history is kept in a plain file.',
          revision: 1,
        },
      },
    },
  ),
  history(
    'saved',
    'Signed out, a file was just saved',
    {
      found: ready(calls),
      told: 'Saved as /home/mina/Downloads/call-2026-11-20-10-24-Reception.vtt',
    },
    { app: { ...freshApp, history: app.history } },
  ),
]
