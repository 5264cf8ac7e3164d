import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import type { Session } from '../../../common/model/phone.ts'
import { initialQuickstart } from '../../../common/model/quickstart.ts'
import { type RecordBatch, toRecordId, toRunId } from '../../../common/model/record.ts'
import { createRecordClock } from '../../../main/record/clock.ts'
import { createRecorder, type Recorder } from '../../../main/record/recorder.ts'
import { openShelf, type Shelf } from '../../../main/record/shelf.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

let dataDir: string
let scope: Scope
let shelf: Shelf
let recorder: Recorder
let keeps: boolean
let now: number
/** What the wall clock was set by. */
let setBy: number
/** Main's clock began when the wall clock said so. */
const began = Date.UTC(2026, 10, 20, 12)

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'companion-recorder-'))
  scope = createScope('test')
  shelf = openShelf(dataDir)
  keeps = true
  now = 100_000
  setBy = 0
  recorder = createRecorder(scope, {
    shelf,
    clock: createRecordClock(
      () => now,
      () => began + now + setBy,
    ),
    keeps: () => keeps,
    setting: () => ({ environment: 'practice', companion: '0.1.0' }),
    tell: () => {},
    settle: () => {},
    log: createQuietLog().log,
  })
})
afterEach(async () => {
  await scope.end()
  rmSync(dataDir, { recursive: true, force: true })
})

const ringing = (id: string, more: Partial<Session> = {}): Session => ({
  id,
  direction: 'incoming',
  status: 'ringing',
  remote: { user: 'mina', displayName: 'Mina', host: 'voipbin.test' },
  contact: { user: 'c', host: 'h' },
  sending: 'on',
  held: { byUs: false, byThem: false },
  sipCallId: `${id}@edge`,
  startedAt: began + now,
  ...more,
})
const message = (title: string) => ({
  kind: 'sip' as const,
  direction: 'in' as const,
  title,
  tone: 'plain' as const,
})
const titles = async (id: string) => {
  await recorder.flush()
  const record = await shelf.read(id)
  return record?.items.map((item) => ('title' in item ? item.title : item.kind))
}

it('begins with what happened just before, without what another call said', async () => {
  recorder.note(now - 40_000, message('long ago'))
  recorder.note(now - 500, message('REGISTER'))
  recorder.note(now - 20, message('INVITE'), 'one@edge')
  recorder.note(now - 10, message('INVITE of another'), 'two@edge')
  const one = ringing('one')
  recorder.session(one)
  recorder.note(now + 5, message('ACK'), 'one@edge')
  expect(await titles(toRecordId(one))).toEqual(['REGISTER', 'INVITE', 'ACK'])
  expect((await shelf.read(toRecordId(one)))?.items.map(({ t }) => t)).toEqual([-500, -20, 5])
})

it('keeps two calls apart, by every name they bear, and what concerns both in both', async () => {
  const [one, two] = [ringing('one'), ringing('two')]
  recorder.session(one)
  recorder.session(two)
  recorder.link('one', 'call-1')
  recorder.link('two', 'call-2')
  recorder.note(now, message('for one'), 'call-1')
  recorder.note(now, message('for two'), 'two@edge')
  recorder.note(now, message('for both'))
  recorder.note(now, message('of a stranger'), 'call-3')
  expect(await titles(toRecordId(one))).toEqual(['for one', 'for both'])
  expect(await titles(toRecordId(two))).toEqual(['for two', 'for both'])
})

it('writes nothing of a colleague’s call into that of one which is not linked, and its own once it is', async () => {
  const one = ringing('one')
  recorder.session(one)
  recorder.note(now + 1, message('of ours'), 'call-1')
  recorder.note(now + 2, message('of a colleague'), 'call-9')
  expect(await titles(toRecordId(one))).toEqual([])
  recorder.link('one', 'call-1')
  recorder.note(now + 3, message('of ours later'), 'call-1')
  expect(await titles(toRecordId(one))).toEqual(['of ours', 'of ours later'])
})

it('puts the calls of a run of the quickstart into the record of the run, too', async () => {
  const startedAt = began + now
  recorder.run({ ...initialQuickstart, status: 'running', startedAt })
  const one = ringing('one')
  recorder.note(now, message('INVITE'), 'one@edge')
  recorder.note(now, message('INVITE of a stranger'), 'two@edge')
  recorder.session(one)
  recorder.run({ ...initialQuickstart, status: 'passed', startedAt })
  expect(await titles(toRunId(startedAt))).toEqual(['INVITE'])
  expect((await shelf.read(toRunId(startedAt)))?.about).toMatchObject({
    kind: 'quickstart',
    outcome: 'passed',
  })
})

it('brings what the window saw onto main’s clock', async () => {
  const one = ringing('one')
  recorder.session(one)
  const batch: RecordBatch = {
    clock: { offsetMs: 90_000, uncertaintyMs: 0.5, exchanges: 5 },
    levels: [{ t: 10_040, sessionId: 'one', where: 'ear', data: 'AAA=' }],
    rtp: [{ t: 11_000, sessionId: 'one', packetsSent: 1, packetsReceived: 2, packetsLost: 0 }],
    steps: [{ t: 10_020, sessionId: 'one', kind: 'media', title: 'DTLS connected', tone: 'good' }],
    shown: [],
  }
  recorder.batch(batch)
  await recorder.flush()
  const record = await shelf.read(toRecordId(one))
  expect(record?.levels).toEqual([{ t: 40, where: 'ear', data: 'AAA=' }])
  expect(record?.rtp[0]?.t).toBe(1_000)
  expect(record?.items[0]).toMatchObject({ t: 20, title: 'DTLS connected' })
  expect(record?.phoneClock?.uncertaintyMs).toBe(0.5)
})

it('says how the call ended, and is packed when main closes before its last answers came', async () => {
  const one = ringing('one')
  recorder.session(one)
  now += 5_000
  recorder.session({ ...one, status: 'ended', endedAt: began + now, outcome: 'hungUpByThem' })
  recorder.note(now, message('200 OK (BYE)'), 'one@edge')
  await scope.end()
  const record = await shelf.read(toRecordId(one))
  expect(record?.about).toMatchObject({ endedT: 5_000, outcome: 'hungUpByThem' })
  expect(record?.items).toHaveLength(1)
})

it('keeps when a call was answered, also where the wall clock is set before its end', async () => {
  const one = ringing('one')
  recorder.session(one)
  now += 2_000
  const answered: Session = { ...one, status: 'established', answeredAt: began + now }
  recorder.session(answered)
  now += 3_000
  setBy = 3_600_000
  recorder.session({ ...answered, status: 'ended', endedAt: began + now + setBy, outcome: 'hungUpByThem' })
  await recorder.flush()
  expect((await shelf.read(toRecordId(one)))?.about).toMatchObject({ answeredT: 2_000, endedT: 5_000 })
})

it('takes secrets out of the steps that the window reports', async () => {
  const one = ringing('one')
  recorder.session(one)
  const title = 'Authentication-Info: rspauth="0a1b2c3d", nextnonce="4e5f6a7b"'
  recorder.batch({
    clock: { offsetMs: 0, uncertaintyMs: 1, exchanges: 1 },
    levels: [],
    rtp: [],
    steps: [{ t: now, sessionId: 'one', kind: 'media', title, tone: 'plain' }],
    shown: [],
  })
  const [shown] = (await titles(toRecordId(one))) ?? []
  expect(shown).toBe('Authentication-Info: rspauth="•••", nextnonce="•••"')
})

it('packs nothing of a call that is deleted while its last answers are awaited', async () => {
  const one = ringing('one')
  recorder.session(one)
  await recorder.flush()
  recorder.session({ ...one, status: 'ended', endedAt: began + now, outcome: 'hungUpByThem' })
  await recorder.discard([toRecordId(one)])
  await shelf.remove([toRecordId(one)])
  await scope.end()
  expect(await shelf.read(toRecordId(one))).toBeUndefined()
})

it('takes no loudness any more when records are switched off in a call', async () => {
  const one = ringing('one')
  recorder.session(one)
  keeps = false
  recorder.batch({
    clock: { offsetMs: 0, uncertaintyMs: 1, exchanges: 1 },
    levels: [{ t: now, sessionId: 'one', where: 'ear', data: 'AAA=' }],
    rtp: [],
    steps: [],
    shown: [],
  })
  await recorder.flush()
  expect((await shelf.read(toRecordId(one)))?.levels).toEqual([])
})

it('writes nothing down where records are switched off', async () => {
  keeps = false
  const one = ringing('one')
  recorder.note(now, message('INVITE'), 'one@edge')
  recorder.session(one)
  await recorder.flush()
  expect(await shelf.read(toRecordId(one))).toBeUndefined()
})

it('stands a wall clock that jumps: the order of things stays', () => {
  let wall = began
  const clock = createRecordClock(
    () => now,
    () => wall,
  )
  const before = clock.of(wall - 10)
  now += 100
  wall -= 3_600_000
  expect(clock.of(wall) - before).toBe(110)
})
