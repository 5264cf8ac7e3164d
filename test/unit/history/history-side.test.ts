// What the history does by itself with old calls, and when.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createScope, type Scope } from '../../../common/kit/scope.ts'
import { type AppState, initialAppState } from '../../../common/model/app-state.ts'
import { toHistoryId } from '../../../common/model/history.ts'
import { initialPhoneState, type PhoneState } from '../../../common/model/phone.ts'
import { openHistorySide } from '../../../main/history-side.ts'
import { aSession } from '../../../renderer/gallery/people.ts'
import { aQuery } from '../../support/history.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const dayMs = 86_400_000
let dataDir: string
let scope: Scope
beforeEach(() => {
  vi.useFakeTimers()
  dataDir = mkdtempSync(path.join(tmpdir(), 'history-'))
  scope = createScope('test')
})
afterEach(async () => {
  await scope.end()
  vi.useRealTimers()
  rmSync(dataDir, { recursive: true, force: true })
})

function open() {
  const phone = createStore<PhoneState>(() => initialPhoneState)
  const store = createStore<AppState>(() => initialAppState)
  const { handlers } = openHistorySide(scope, {
    host: { dataDir, log: createQuietLog().log, saveFile: async () => undefined },
    store,
    mirror: { store: phone } as unknown as Parameters<typeof openHistorySide>[1]['mirror'],
    presence: () => ({ now: () => undefined }),
    notices: { add: () => {}, settle: () => {} },
  })
  const setDays = (historyDays: number) =>
    store.setState(({ settings }) => ({ settings: { ...settings, historyDays } }))
  return { phone, store, setDays, handlers }
}

it('fewer days to keep delete nothing until the daily run', async () => {
  const { phone, setDays, handlers } = open()
  const startedAt = Date.now() - 40 * dayMs
  phone.setState({
    sessions: [aSession({ startedAt, status: 'ended', endedAt: startedAt + 1, outcome: 'canceled' })],
  })
  const count = async () => (await handlers['history.find'](aQuery())).total
  await vi.advanceTimersByTimeAsync(10_000)
  setDays(30)
  setDays(7)
  expect(await count()).toBe(1)
  setDays(30)
  await vi.advanceTimersByTimeAsync(dayMs)
  expect(await count()).toBe(0)
})

it('what is pinned in a call is shown while it is up, kept with it, and gone with it', async () => {
  const { phone, store, handlers } = open()
  const session = aSession({ startedAt: Date.now() })
  phone.setState({ sessions: [session] })
  const id = toHistoryId(session)
  const moment = { id: 'flag-5', kind: 'flag', at: Date.now() } as const
  await handlers['history.addMoment']({ id, moment })
  expect(store.getState().moments[id]).toEqual([moment])
  expect((await handlers['history.read']({ id })).moments).toEqual([moment])
  await handlers['history.addMoment']({ id, moment: { ...moment, id: 'pin-5', kind: 'pin' } })
  await handlers['history.removeMoment']({ id, momentId: 'flag-5' })
  expect((await handlers['history.read']({ id })).moments.map(({ kind }) => kind)).toEqual(['pin'])
  expect(store.getState().moments[id]?.map(({ kind }) => kind)).toEqual(['pin'])
  await handlers['history.remove']({ ids: [id] })
  expect(store.getState().moments).toEqual({})
})

it('deleting all calls deletes those in files that were set aside as broken', async () => {
  const { handlers } = open()
  for (const name of ['history.db.broken-2026', 'history.db.broken-2026-wal', 'other'])
    writeFileSync(path.join(dataDir, name), 'x')
  await handlers['history.removeAll']({})
  expect(readdirSync(dataDir).filter((name) => !name.startsWith('history.db-'))).toEqual([
    'history.db',
    'other',
  ])
})
