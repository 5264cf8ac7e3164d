// The history when things go wrong: a killed process, a disk that refuses, a locked, a damaged and a newer file.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppError } from '../../../common/kit/errors.ts'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import { createKeeper } from '../../../main/history/keeper.ts'
import { openStore, setAside, toDatabaseFile, toJournalFile } from '../../../main/history/open-store.ts'
import { loadSqlite } from '../../../main/history/sqlite-store.ts'
import { aQuery, aRecord, aSpokenLine } from '../../support/history.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const sqlite = loadSqlite()
let dataDir: string
let scope: Scope
let told: AppError[]
let settled: string[]
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'history-'))
  scope = createScope('test')
  told = []
  settled = []
})
afterEach(async () => {
  vi.useRealTimers()
  await scope.end()
  rmSync(dataDir, { recursive: true, force: true })
})

const tell = (error: AppError) => void told.push(error)
const disk = () => ({ dataDir, log: createQuietLog().log, tell })
const open = () => openStore(disk())
function openKeeper(more: Partial<Parameters<typeof createKeeper>[1]> = {}) {
  let fresh = 0
  const keeper = createKeeper(scope, {
    open,
    setAside: (cause) => setAside(disk(), cause),
    onFresh: () => {
      fresh++
      keeper.put({ op: 'call', call: aRecord('again') })
    },
    onOpened: () => {},
    onWritten: () => {},
    tell,
    settle: (code) => void settled.push(code),
    log: createQuietLog().log,
    ...more,
  })
  return { keeper, fresh: () => fresh }
}
const readText = (file: string) => readFileSync(file, 'latin1')
const ids = () => {
  const { store } = open()
  const found = store.find(aQuery()).calls.map(({ id }) => id)
  store.close()
  return found
}

describe('a process that is killed in the middle of a call', () => {
  it('loses at most the line in flight, and the call says that it was interrupted', async () => {
    const file = path.resolve(import.meta.dirname, '../../support/history-child.ts')
    const child: ChildProcess = spawn(process.execPath, [file, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const written: string[] = []
    if (!child.stdout) throw new Error('no output')
    for await (const line of createInterface(child.stdout)) {
      written.push(line)
      if (written.length === 60) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    const { store } = open()
    const detail = store.get('c1')
    const kept = detail?.entries.map(({ id }) => id) ?? []
    expect(kept.slice(0, written.length)).toEqual(written)
    expect(detail?.call).toMatchObject({ outcome: 'interrupted', endedAt: detail?.entries.at(-1)?.createdAt })
    expect(store.find(aQuery({ text: `sentence number ${written.length - 1}` })).total).toBe(1)
    store.close()
  })
})

describe('a disk that refuses', () => {
  it('is told once; everything waits, in its order, and is written as soon as it works', () => {
    vi.useFakeTimers()
    let isFull = true
    const { keeper } = openKeeper({
      open: () => {
        if (isFull) throw Object.assign(new Error('database or disk is full'), { errcode: 13 })
        return open()
      },
    })
    keeper.put({ op: 'call', call: aRecord('c1') })
    expect(keeper.flush()).toBe(false)
    keeper.put({ op: 'lines', id: 'c1', entries: [aSpokenLine('a', 'Kept.')] })
    expect(keeper.flush()).toBe(false)
    expect(told.map(({ code }) => code)).toEqual(['history.unsaved'])
    expect(() => keeper.store()).toThrow(expect.objectContaining({ code: 'history.unavailable' }))
    isFull = false
    vi.advanceTimersByTime(5_000)
    expect(settled).toEqual(['history.unsaved'])
    expect(keeper.store().get('c1')?.entries).toHaveLength(1)
  })
  it('is asked by one clock only, however much comes and however often somebody looks', () => {
    vi.useFakeTimers()
    let isFull = true
    let attempts = 0
    const { keeper } = openKeeper({
      open: () => {
        const { store } = open()
        const apply: typeof store.apply = (changes) => {
          attempts++
          if (isFull) throw Object.assign(new Error('database or disk is full'), { errcode: 13 })
          store.apply(changes)
        }
        return { store: { ...store, apply } }
      },
    })
    keeper.put({ op: 'call', call: aRecord('c0') })
    for (let n = 0; n < 3; n++) keeper.flush()
    for (let n = 1; n <= 20; n++) {
      keeper.put({ op: 'call', call: aRecord(`c${n}`) })
      vi.advanceTimersByTime(1)
      expect(keeper.store().find(aQuery()).total).toBe(0)
    }
    attempts = 0
    vi.advanceTimersByTime(15_000)
    expect(attempts).toBe(3)
    isFull = false
    vi.advanceTimersByTime(5_000)
    expect([attempts, keeper.store().find(aQuery()).total]).toEqual([4, 21])
    vi.advanceTimersByTime(20_000)
    expect(attempts).toBe(4)
  })
  it('is asked once more at the end', async () => {
    const { keeper } = openKeeper()
    keeper.put({ op: 'call', call: aRecord('c1') })
    await scope.end()
    expect(ids()).toEqual(['c1'])
  })
})

describe('a file that another program holds', () => {
  it('costs no line: what came meanwhile is written when it lets go', () => {
    if (!sqlite) throw new Error('no sqlite')
    open().store.close()
    const other = new sqlite.DatabaseSync(toDatabaseFile(dataDir))
    const { keeper } = openKeeper()
    keeper.store()
    other.exec('BEGIN EXCLUSIVE')
    keeper.put({ op: 'call', call: aRecord('c1') })
    expect(keeper.flush()).toBe(false)
    expect(told.map(({ code }) => code)).toEqual(['history.unsaved'])
    other.exec('ROLLBACK')
    other.close()
    expect(keeper.flush()).toBe(true)
    expect(settled).toEqual(['history.unsaved'])
  })
})

describe('a damaged file', () => {
  const broken = () => readdirSync(dataDir).filter((name) => name.startsWith('history.db.broken-'))

  it('is set aside with a notice at the start', () => {
    writeFileSync(toDatabaseFile(dataDir), 'this is no database, whatever its name says '.repeat(50))
    const { keeper } = openKeeper()
    keeper.put({ op: 'call', call: aRecord('c1') })
    expect(keeper.flush()).toBe(true)
    expect(told.map(({ code }) => code)).toEqual(['history.broken'])
    expect(broken()).toHaveLength(1)
    expect(ids()).toEqual(['c1'])
  })
  it('is set aside in the middle of a call, and whoever records says it all once more', () => {
    const damage = Object.assign(new Error('database disk image is malformed'), { errcode: 11 })
    let isDamaged = false
    const { keeper, fresh } = openKeeper({
      open: () => {
        const { store } = open()
        const apply: typeof store.apply = (changes) => {
          if (isDamaged) throw damage
          store.apply(changes)
        }
        return { store: { ...store, apply } }
      },
      setAside: (cause) => {
        isDamaged = false
        setAside(disk(), cause)
      },
    })
    keeper.store()
    isDamaged = true
    keeper.put({ op: 'call', call: aRecord('c1') })
    expect(keeper.flush()).toBe(true)
    expect([fresh(), broken().length]).toEqual([1, 1])
    expect(keeper.store().find(aQuery()).total).toBe(2)
  })
})

describe('the file', () => {
  it('is for its owner only', () => {
    open().store.close()
    expect(statSync(toDatabaseFile(dataDir)).mode & 0o077).toBe(0)
  })
  it('of a newer companion is left alone: this run is kept in memory', () => {
    if (!sqlite) throw new Error('no sqlite')
    open().store.close()
    const newer = new sqlite.DatabaseSync(toDatabaseFile(dataDir))
    newer.exec('PRAGMA user_version = 99')
    newer.close()
    const { store, why } = open()
    expect([store.kept, why]).toEqual(['memory', expect.stringContaining('newer')])
    expect(told.map(({ code }) => code)).toEqual(['history.newer'])
  })
  it('holds nothing any more of what was deleted', () => {
    const { store } = open()
    store.apply([
      { op: 'call', call: aRecord('c1') },
      { op: 'lines', id: 'c1', entries: [aSpokenLine('a', 'Xylophone confidential.')] },
      { op: 'call', call: aRecord('c2') },
    ])
    const holds = (name: string) => readText(path.join(dataDir, name)).toLowerCase().includes('xylophone')
    const files = () => readdirSync(dataDir).filter(holds)
    expect(files().length).toBeGreaterThan(0)
    store.apply([{ op: 'remove', ids: ['c1'] }])
    expect(files()).toEqual([])
    store.close()
    expect(files()).toEqual([])
  })
})

describe('a runtime without a database', () => {
  const plain = () => openStore({ ...disk(), sqlite: undefined })

  it('keeps a plain file and says why; one with a database takes it over', () => {
    const { store, why } = plain()
    expect([store.kept, why]).toEqual(['file', expect.stringContaining('no database')])
    store.apply([
      { op: 'call', call: aRecord('c1') },
      { op: 'lines', id: 'c1', entries: [aSpokenLine('a', 'Carried over.')] },
    ])
    store.close()
    expect(ids()).toEqual(['c1'])
    expect(existsSync(toJournalFile(dataDir))).toBe(false)
  })
  it('that was killed in the middle of a call leaves an interrupted one to the database', () => {
    const { store: first } = plain()
    first.apply([{ op: 'call', call: aRecord('c1', { endedAt: undefined, outcome: undefined }) }])
    const { store } = open()
    expect(store.get('c1')?.call.outcome).toBe('interrupted')
    store.close()
  })
  it('leaves out the line that a crash cut off, and what was removed is gone from the file', () => {
    const first = plain().store
    first.apply([{ op: 'call', call: aRecord('c1') }])
    first.apply([{ op: 'call', call: aRecord('c2', { name: 'Xylophone' }) }])
    writeFileSync(toJournalFile(dataDir), '{"op":"call","call":{"id":"c3', { flag: 'a' })
    const { store } = plain()
    expect(store.find(aQuery()).total).toBe(2)
    store.apply([{ op: 'remove', ids: ['c2'] }])
    expect(readText(toJournalFile(dataDir))).not.toContain('Xylophone')
    expect(plain().store.find(aQuery()).total).toBe(1)
  })
})
