// What every keeper of the history does: the database, the plain file, and memory.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from '../../../main/history/journal.ts'
import { createMemoryStore } from '../../../main/history/memory-store.ts'
import { loadSqlite, openSqliteStore } from '../../../main/history/sqlite-store.ts'
import type { HistoryStore } from '../../../main/history/store.ts'
import { aQuery, aRecord, aSpokenLine, noon } from '../../support/history.ts'

const sqlite = loadSqlite()
if (!sqlite) throw new Error('the tests run on a Node with node:sqlite')
let dir: string
let store: HistoryStore
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'history-'))
})
afterEach(() => {
  store.close()
  rmSync(dir, { recursive: true, force: true })
})

const kinds = {
  database: () => openSqliteStore(sqlite, path.join(dir, 'history.db')),
  file: () => openJournal(path.join(dir, 'history.jsonl')),
  memory: () => createMemoryStore(),
}

describe.each(Object.entries(kinds))('the history in %s', (kind, open) => {
  beforeEach(() => {
    store = open()
  })
  const ids = (more: Parameters<typeof aQuery>[0]) => store.find(aQuery(more)).calls.map(({ id }) => id)

  it('says what it is', () => {
    expect(store.kept).toBe(kind)
  })
  it('gives back a call with its lines in the order of time, its gaps and what was spoken', () => {
    const gap = {
      kind: 'gap',
      id: 'g',
      callId: 'call-1',
      createdAt: noon + 6_000,
      endedAt: noon + 7_000,
      filled: 2,
    } as const
    const second = aSpokenLine('b', 'Later.', { createdAt: noon + 9_000, offsetMs: 6_000, direction: 'in' })
    const first = aSpokenLine('a', 'Sooner.', { source: 'rest', offsetMs: undefined })
    const call = aRecord('c1', { callId: 'call-1' })
    const item = {
      id: 's',
      text: 'Hi',
      status: 'heard',
      createdAt: noon,
      sentAt: noon,
      heardAt: noon + 1,
      transcriptText: 'Hi.',
    } as const
    store.apply([
      { op: 'call', call },
      { op: 'lines', id: 'c1', entries: [second, gap, first] },
      { op: 'spoken', id: 'c1', items: [item] },
    ])
    expect(store.get('c1')).toEqual({
      call: { ...call, flagged: false, note: '', lines: 2 },
      entries: [first, gap, second],
      spoken: [item],
      moments: [],
    })
    expect(store.get('c2')).toBeUndefined()
  })
  it('keeps note and flag when the call changes, and a line once however often it comes', () => {
    store.apply([
      { op: 'call', call: aRecord('c1', { endedAt: undefined, outcome: undefined }) },
      { op: 'lines', id: 'c1', entries: [aSpokenLine('a', 'One.')] },
      { op: 'mark', id: 'c1', note: 'Call back', flagged: true },
      { op: 'call', call: aRecord('c1') },
      { op: 'lines', id: 'c1', entries: [aSpokenLine('a', 'One.')] },
      { op: 'mark', id: 'c1', note: 'Call back on Monday' },
    ])
    expect(store.get('c1')?.call).toMatchObject({
      note: 'Call back on Monday',
      flagged: true,
      outcome: 'hungUpByThem',
      lines: 1,
    })
  })
  it('keeps the language of a line, and its place where it stood while it was spoken', () => {
    const late = aSpokenLine('a', 'Began first.', {
      createdAt: noon + 9_000,
      placeAt: noon + 1_000,
      language: 'ko-KR',
    })
    store.apply([
      { op: 'call', call: aRecord('c1', { callId: 'call-1' }) },
      { op: 'lines', id: 'c1', entries: [aSpokenLine('b', 'Said between.'), late] },
    ])
    const [first, second] = store.get('c1')?.entries ?? []
    expect(first).toEqual(late)
    expect(second).toMatchObject({ id: 'b' })
  })
  it('keeps what was pinned and flagged, each once and in the order of time, also when the call changes', () => {
    store.apply([
      { op: 'call', call: aRecord('c1') },
      { op: 'moment', id: 'c1', moment: { id: 'pin-b', kind: 'pin', at: noon + 8_000, lineId: 'b' } },
      { op: 'moment', id: 'c1', moment: { id: 'flag-5', kind: 'flag', at: noon + 5_000 } },
      { op: 'moment', id: 'c1', moment: { id: 'pin-b', kind: 'pin', at: noon + 8_000, lineId: 'b' } },
      { op: 'moment', id: 'c1', moment: { id: 'pin-a', kind: 'pin', at: noon + 1_000, lineId: 'a' } },
      { op: 'removeMoment', id: 'c1', momentId: 'pin-a' },
      { op: 'moment', id: 'gone', moment: { id: 'x', kind: 'pin', at: 0 } },
      { op: 'removeMoment', id: 'gone', momentId: 'x' },
      { op: 'call', call: aRecord('c1', { name: 'Renamed' }) },
    ])
    expect(store.get('c1')?.moments).toEqual([
      { id: 'flag-5', kind: 'flag', at: noon + 5_000 },
      { id: 'pin-b', kind: 'pin', at: noon + 8_000, lineId: 'b' },
    ])
    store.apply([
      { op: 'remove', ids: ['c1'] },
      { op: 'call', call: aRecord('c1') },
    ])
    expect(store.get('c1')?.moments).toEqual([])
  })
  it('ignores what belongs to a call that it does not have', () => {
    store.apply([
      { op: 'lines', id: 'gone', entries: [aSpokenLine('a', 'One.')] },
      { op: 'spoken', id: 'gone', items: [] },
      { op: 'mark', id: 'gone', note: 'x' },
      { op: 'remove', ids: ['gone'] },
    ])
    expect(store.find(aQuery())).toEqual({ calls: [], total: 0 })
  })
  it('lists the newest first, as many as are wanted, and says how many there are', () => {
    for (let n = 0; n < 5; n++) store.apply([{ op: 'call', call: aRecord(`c${n}`, { startedAt: noon + n }) }])
    const { calls, total } = store.find(aQuery({ limit: 2 }))
    expect([calls.map(({ id }) => id), total]).toEqual([['c4', 'c3'], 5])
  })
  it('filters by kind, flag, profile and date', () => {
    store.apply([
      { op: 'call', call: aRecord('talk') },
      {
        op: 'call',
        call: aRecord('missed', { answeredAt: undefined, outcome: 'canceled', startedAt: noon + 1 }),
      },
      {
        op: 'call',
        call: aRecord('declined', { answeredAt: undefined, outcome: 'declined', startedAt: noon + 2 }),
      },
      {
        op: 'call',
        call: aRecord('out', {
          direction: 'outgoing',
          answeredAt: undefined,
          outcome: 'canceled',
          profile: 'office',
          startedAt: noon + 3,
        }),
      },
      { op: 'mark', id: 'talk', flagged: true },
    ])
    expect(ids({ kind: 'missed' })).toEqual(['missed'])
    expect(ids({ kind: 'answered' })).toEqual(['talk'])
    expect(ids({ kind: 'outgoing' })).toEqual(['out'])
    expect(ids({ kind: 'incoming' })).toEqual(['declined', 'missed', 'talk'])
    expect(ids({ flagged: true })).toEqual(['talk'])
    expect(ids({ profile: 'office' })).toEqual(['out'])
    expect(ids({ fromAt: noon + 1, untilAt: noon + 3 })).toEqual(['declined', 'missed'])
  })
  it('of one customer has their calls, and those that nobody was signed in for', () => {
    const add = (id: string, customerId: string, startedAt: number) =>
      store.apply([{ op: 'call', call: aRecord(id, { customerId, startedAt }) }])
    add('theirs', 'acme', noon)
    add('nobodys', '', noon - 1)
    add('others', 'other', noon - 2)
    expect(ids({ customer: 'acme' })).toEqual(['theirs', 'nobodys'])
    expect(ids({})).toEqual(['theirs', 'nobodys', 'others'])
  })
  it('finds words by their beginning, all of them in one line, and shows the first such line', () => {
    store.apply([
      { op: 'call', call: aRecord('c1') },
      {
        op: 'lines',
        id: 'c1',
        entries: [
          aSpokenLine('a', 'The invoice is late.'),
          aSpokenLine('b', 'Which invoice number?', { createdAt: noon + 8_000 }),
        ],
      },
      { op: 'call', call: aRecord('c2', { name: 'Invoice desk', startedAt: noon - 1 }) },
      { op: 'call', call: aRecord('c3', { startedAt: noon - 2 }) },
      { op: 'mark', id: 'c3', note: 'about the INVOICE 4711' },
      { op: 'call', call: aRecord('c4') },
      { op: 'lines', id: 'c4', entries: [aSpokenLine('a', 'Nothing of it.')] },
    ])
    expect(ids({ text: 'invo' })).toEqual(['c1', 'c2', 'c3'])
    expect(store.find(aQuery({ text: 'Invoice' })).calls[0]?.hit).toEqual({
      text: 'The invoice is late.',
      count: 2,
    })
    expect(ids({ text: 'invoice number' })).toEqual(['c1'])
    expect(ids({ text: 'voice' })).toEqual(['c2', 'c3'])
    expect(ids({ text: 'late number' })).toEqual([])
  })
  it('finds what is written without spaces in the middle of a line', () => {
    store.apply([
      { op: 'call', call: aRecord('c1') },
      { op: 'lines', id: 'c1', entries: [aSpokenLine('a', '請求書の番号は何ですか')] },
    ])
    expect(ids({ text: '番号' })).toEqual(['c1'])
    expect(ids({ text: '電話' })).toEqual([])
  })
  it.each(['"', 'a" OR "b', '* NOT', '%', '_', "'; DROP TABLE calls", ' ', '(', 'NEAR(a b)'])(
    'takes %j as what somebody typed',
    (text) => {
      store.apply([{ op: 'call', call: aRecord('c1') }])
      expect(() => store.find(aQuery({ text }))).not.toThrow()
    },
  )
  it('removes one, those before a moment, and all, and finds nothing of them any more', () => {
    const add = (id: string, startedAt: number) =>
      store.apply([
        { op: 'call', call: aRecord(id, { startedAt }) },
        { op: 'lines', id, entries: [aSpokenLine('a', 'Pineapple.')] },
      ])
    for (let n = 0; n < 4; n++) add(`c${n}`, noon + n)
    store.apply([{ op: 'remove', ids: ['c1'] }])
    expect(ids({ text: 'pineapple' })).toEqual(['c3', 'c2', 'c0'])
    store.apply([{ op: 'removeBefore', at: noon + 3 }])
    expect(ids({ text: 'pineapple' })).toEqual(['c3'])
    store.apply([{ op: 'removeAll' }])
    expect(ids({ text: 'pineapple' })).toEqual([])
    add('c1', noon)
    expect(ids({ text: 'pineapple' })).toEqual(['c1'])
  })
})

describe.each(['database', 'file'] as const)('the history in a %s that is opened again', (kind) => {
  it('has everything, and says of a call without an end that it was interrupted at its last line', () => {
    store = kinds[kind]()
    store.apply([
      { op: 'call', call: aRecord('c1', { endedAt: undefined, outcome: undefined }) },
      { op: 'lines', id: 'c1', entries: [aSpokenLine('a', 'Still here.')] },
      { op: 'mark', id: 'c1', note: 'n', flagged: true },
      { op: 'moment', id: 'c1', moment: { id: 'flag-5', kind: 'flag', at: noon + 5_000 } },
    ])
    store.close()
    store = kinds[kind]()
    expect(store.get('c1')?.call).toMatchObject({
      outcome: 'interrupted',
      endedAt: noon + 5_000,
      note: 'n',
      flagged: true,
    })
    expect(store.get('c1')?.entries).toHaveLength(1)
    expect(store.get('c1')?.moments).toEqual([{ id: 'flag-5', kind: 'flag', at: noon + 5_000 }])
  })
})

describe('a database of the version before', () => {
  it('is brought up to date with its calls, and takes languages and moments from then on', () => {
    store = kinds.database()
    store.apply([
      { op: 'call', call: aRecord('c1') },
      { op: 'lines', id: 'c1', entries: [aSpokenLine('a', 'From before.')] },
    ])
    store.close()
    const db = new sqlite.DatabaseSync(path.join(dir, 'history.db'))
    db.exec(`DROP TABLE moments; ALTER TABLE entries DROP COLUMN language; ALTER TABLE entries DROP COLUMN place;
      PRAGMA user_version = 1`)
    db.close()
    store = kinds.database()
    store.apply([
      {
        op: 'lines',
        id: 'c1',
        entries: [aSpokenLine('b', 'From now.', { language: 'ko-KR', createdAt: noon + 9_000 })],
      },
      { op: 'moment', id: 'c1', moment: { id: 'pin-b', kind: 'pin', at: noon + 9_000, lineId: 'b' } },
    ])
    const { entries = [], moments } = store.get('c1') ?? {}
    expect(entries.map((one) => one.kind === 'line' && [one.text, one.language])).toEqual([
      ['From before.', undefined],
      ['From now.', 'ko-KR'],
    ])
    expect(moments).toHaveLength(1)
    expect(store.find(aQuery({ text: 'before' })).total).toBe(1)
  })
})
