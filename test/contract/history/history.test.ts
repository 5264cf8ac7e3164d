// Calls on practice are in the history afterwards, with what was said: also after a kill in the middle of one.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../../main/history/open-store.ts'
import { aQuery } from '../../support/history.ts'
import { aCompanion, type Companion, dialects, failure } from '../../support/on-practice.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

const newest = async ({ ask }: Companion) => {
  const { calls } = await ask['history.find'](aQuery())
  return ask['history.read']({ id: calls[0]?.id ?? '' })
}
const texts = ({ entries }: Awaited<ReturnType<typeof newest>>) =>
  entries.flatMap((entry) => (entry.kind === 'line' ? [entry.text] : []))

/** What a kill leaves on the disk, as the next start finds it. */
function afterKill({ host }: Companion) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'history-'))
  cpSync(host.dataDir, dataDir, { recursive: true })
  const { store } = openStore({ dataDir, log: createQuietLog().log, tell: () => {} })
  onTestFinished(() => {
    store.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return store
}

describe.each(dialects)('%s', (dialect) => {
  it('a call is there while it is up, with each line, and with its outcome when it has ended', async () => {
    const companion = await aCompanion(dialect)
    const { phone, ready, talk, ask } = companion
    await ready()
    const { sessionId, callId } = await talk()
    await expect.poll(async () => texts(await newest(companion)).length).toBeGreaterThan(0)
    expect((await newest(companion)).call).toMatchObject({
      direction: 'incoming',
      callId,
      outcome: undefined,
    })
    await ask['speaking.say']({ callId, text: 'Typed into the call.' })
    await expect
      .poll(async () => (await newest(companion)).spoken.map(({ text }) => text))
      .toEqual(['Typed into the call.'])
    await phone.changeSession(sessionId, { status: 'ended', endedAt: Date.now(), outcome: 'hungUpByThem' })
    const { call } = await newest(companion)
    expect(call).toMatchObject({ outcome: 'hungUpByThem', profile: 'default' })
    expect(call.customerId).not.toBe('')
    const { transcripts } = await ask['app.snapshot']({})
    const told = (transcripts[callId] ?? []).flatMap((entry) =>
      entry.kind === 'line' && entry.status === 'final' ? [entry.text] : [],
    )
    expect(texts(await newest(companion))).toEqual(told)
  })

  it('after a kill in the middle of a call everything is there, and the call says that it was interrupted', async () => {
    const companion = await aCompanion(dialect)
    await companion.ready()
    await companion.talk()
    await expect.poll(async () => texts(await newest(companion)).length).toBeGreaterThan(0)
    const before = await newest(companion)
    const store = afterKill(companion)
    expect(store.get(before.call.id)?.call.outcome).toBe('interrupted')
    expect(store.get(before.call.id)?.entries).toEqual(before.entries)
  })
})

describe('the history', () => {
  it('counts a call that nobody answered as missed, keeps a note and a flag, and forgets what is deleted', async () => {
    const companion = await aCompanion('deployed')
    const { ask, phone, ready, ring, state } = companion
    await ready()
    const { sessionId } = await ring()
    await phone.changeSession(sessionId, { status: 'ended', endedAt: Date.now(), outcome: 'canceled' })
    const { calls } = await ask['history.find'](aQuery({ kind: 'missed' }))
    expect(calls).toHaveLength(1)
    const id = calls[0]?.id ?? ''
    const { revision } = state().history
    await ask['history.mark']({ id, note: 'Call back', flagged: true })
    expect(state().history.revision).toBeGreaterThan(revision)
    expect((await ask['history.find'](aQuery({ text: 'back', flagged: true }))).total).toBe(1)
    await ask['history.remove']({ ids: [id] })
    expect((await failure(ask['history.read']({ id }))).code).toBe('history.unknown')
  })

  it('saves a file through the shell', async () => {
    const companion = await aCompanion('deployed')
    const { ask, ready, talk } = companion
    await ready()
    await talk()
    await expect.poll(async () => texts(await newest(companion)).length).toBeGreaterThan(0)
    const { call } = await newest(companion)
    const { savedTo } = await ask['history.export']({ ids: [call.id], format: 'webvtt' })
    expect(readFileSync(savedTo ?? '', 'utf8')).toMatch(/^WEBVTT\n/)
  })

  it('holds no secret: neither key nor password stands in its file', async () => {
    const companion = await aCompanion('deployed')
    const { ready, talk, practice, phone, host } = companion
    await ready()
    await talk()
    await newest(companion)
    const files = ['history.db', 'history.db-wal'].map((name) =>
      readFileSync(path.join(host.dataDir, name), 'latin1'),
    )
    const password = phone.starts[0]?.password ?? 'missing'
    for (const secret of [practice.address.accessKey, password])
      for (const file of files) expect(file).not.toContain(secret)
  })

  it('keeps its calls while somebody looks through how long they are kept', async () => {
    const companion = await aCompanion('deployed')
    const { ask, phone, ready, ring } = companion
    await ready()
    const { sessionId } = await ring()
    const long = Date.now() - 40 * 86_400_000
    await phone.changeSession(sessionId, {
      id: 'old',
      startedAt: long,
      status: 'ended',
      endedAt: long + 1,
      outcome: 'canceled',
    })
    await expect.poll(async () => (await ask['history.find'](aQuery({ untilAt: long + 1 }))).total).toBe(1)
    await ask['settings.change']({ patch: { historyDays: 30 } })
    expect((await ask['history.find'](aQuery({ untilAt: long + 1 }))).total).toBe(1)
  })
})
