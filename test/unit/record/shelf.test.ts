import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bodyBudget, createJournal, wholeBudget } from '../../../main/record/journal.ts'
import { openShelf } from '../../../main/record/shelf.ts'
import { aFlight, aSip } from '../../support/flight.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'companion-records-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const { about } = aFlight()
const names = () => readdirSync(path.join(dataDir, 'records')).sort()
const none: ReadonlySet<string> = new Set()
const keep = { days: 30, megabytes: 200, running: none }

async function put(id: string, body = 'x') {
  const shelf = openShelf(dataDir)
  const journal = createJournal(shelf.files(id), { ...about, id })
  journal.add({ item: aSip(1, 'in', 'INVITE', undefined, body) })
  await journal.close({ ...about, id })
  return shelf
}

it('reads a record back, in the order of time', async () => {
  const shelf = openShelf(dataDir)
  const journal = createJournal(shelf.files('a'), { ...about, id: 'a' })
  journal.add({ item: aSip(20, 'out', 'BYE') })
  journal.add({ item: aSip(10, 'in', 'INVITE') })
  journal.add({ clock: { offsetMs: 3, uncertaintyMs: 1, exchanges: 4 } })
  await journal.close({ ...about, id: 'a', outcome: 'hungUpByUs' })
  const record = await shelf.read('a')
  expect(record?.items.map(({ t }) => t)).toEqual([10, 20])
  expect(record?.about.outcome).toBe('hungUpByUs')
  expect(record?.phoneClock).toEqual({ offsetMs: 3, uncertaintyMs: 1, exchanges: 4 })
  expect(names()).toEqual(['a.jsonl.gz'])
})

it('loses a crash the line that was being written, and nothing else', async () => {
  const shelf = openShelf(dataDir)
  const journal = createJournal(shelf.files('a'), { ...about, id: 'a' })
  journal.add({ item: aSip(10, 'in', 'INVITE') })
  await journal.flush()
  appendFileSync(shelf.files('a').running, '{"item":{"kind":"sip","t":2')
  expect((await shelf.read('a'))?.items).toHaveLength(1)
  await shelf.tidy(keep)
  expect(names()).toEqual(['a.jsonl.gz'])
  expect((await shelf.read('a'))?.items).toHaveLength(1)
})

it('writes each line once and whole after a write that the disk broke off', async () => {
  const shelf = openShelf(dataDir)
  let isFull = false
  const journal = createJournal(shelf.files('a'), { ...about, id: 'a' }, async (file, text) => {
    appendFileSync(file, isFull ? text.slice(0, -20) : text)
    if (isFull) throw new Error('ENOSPC')
  })
  await journal.flush()
  isFull = true
  journal.add({ item: aSip(10, 'in', 'INVITE') })
  journal.add({ item: aSip(20, 'in', 'BYE') })
  await expect(journal.flush()).rejects.toThrow('ENOSPC')
  isFull = false
  await journal.flush()
  expect((await shelf.read('a'))?.items.map(({ t }) => t)).toEqual([10, 20])
})

it('leaves a record alone that runs, however old', async () => {
  const shelf = openShelf(dataDir)
  const journal = createJournal(shelf.files('now'), { ...about, id: 'now' })
  await journal.flush()
  await shelf.tidy({ ...keep, running: new Set(['now']) })
  expect(names()).toEqual(['now.running.jsonl'])
})

it('lets the oldest go first: those of too many days, then those that are too much together', async () => {
  const noise = () =>
    Array.from({ length: 30_000 }, () => Math.random().toString(36))
      .join('')
      .slice(0, 400_000)
  let shelf = await put('old')
  for (const id of ['a', 'b', 'c', 'd']) shelf = await put(id, noise())
  const age = (id: string, days: number) => {
    const at = Date.now() / 1_000 - days * 86_400
    utimesSync(shelf.files(id).packed, at, at)
  }
  age('old', 40)
  for (const [days, id] of [...'dcba'].entries()) age(id, days)
  await shelf.tidy(keep)
  expect(names()).not.toContain('old.jsonl.gz')
  await shelf.tidy({ ...keep, megabytes: 0.6 })
  expect(names()).toEqual(['c.jsonl.gz', 'd.jsonl.gz'])
})

it('leaves texts out when a record is full, then everything, and says how much', async () => {
  const shelf = openShelf(dataDir)
  const journal = createJournal(shelf.files('a'), { ...about, id: 'a' })
  const body = 'y'.repeat(32_000)
  const rounds = Math.ceil(bodyBudget / body.length) + 10
  for (let n = 0; n < rounds; n++) journal.add({ item: aSip(n, 'in', 'MESSAGE', undefined, body) })
  const filler = 'z'.repeat(190_000)
  const rows = Math.ceil(wholeBudget / filler.length)
  for (let n = 0; n < rows; n++) journal.add({ level: { t: n, where: 'ear', data: filler } })
  await journal.close({ ...about, id: 'a' })
  const record = await shelf.read('a')
  expect(record?.items).toHaveLength(rounds)
  expect(record?.left.bodies).toBeGreaterThan(5)
  expect(record?.left.items).toBeGreaterThan(20)
})

it('reads nothing outside of its folder, and tells a file that is none', async () => {
  const shelf = await put('a')
  writeFileSync(path.join(dataDir, 'secret.jsonl.gz'), 'x')
  expect(await shelf.read('../secret')).toBeUndefined()
  expect(await shelf.read('nobody')).toBeUndefined()
  writeFileSync(shelf.files('a').packed, 'no gzip')
  await expect(shelf.read('a')).rejects.toThrow()
})

it('lets old ones go also where one that a crash left cannot be packed', async () => {
  const shelf = await put('old')
  const at = Date.now() / 1_000 - 40 * 86_400
  utimesSync(shelf.files('old').packed, at, at)
  mkdirSync(shelf.files('bad').running)
  await expect(shelf.tidy(keep)).rejects.toThrow()
  expect(names()).toEqual(['bad.running.jsonl'])
})

it('forgets those that were deleted, and all', async () => {
  const shelf = await put('a')
  await put('b')
  await shelf.remove(['a', '../b'])
  expect(names()).toEqual(['b.jsonl.gz'])
  await shelf.remove('all')
  expect(names()).toEqual([])
})
