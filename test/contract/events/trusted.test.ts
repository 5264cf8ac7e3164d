// Events that can be trusted, whatever the platform does with them: the whole of main on practice (contract E).
import { describe, expect, it, onTestFinished } from 'vitest'
import { createScope } from '../../../common/kit/scope.ts'
import type { TranscriptLine } from '../../../common/model/transcript.ts'
import { platformTimings } from '../../../practice/world.ts'
import { aCompanion, aPlatform, type Companion, dialects, until } from '../../support/on-practice.ts'

const open = (companion: Companion) => {
  const { subscription } = companion.state()
  return subscription.status === 'open' ? subscription : undefined
}
const linesOf = async ({ ask }: Companion, callId: string) => {
  const { transcripts } = await ask['app.snapshot']({})
  return (transcripts[callId] ?? []).filter((entry): entry is TranscriptLine => entry.kind === 'line')
}
const statusOf = ({ state }: Companion, callId: string) => state().calls[callId]?.status

/** A companion in a call that is up and transcribed. */
async function inCall(dialect: (typeof dialects)[number]) {
  const companion = await aCompanion(dialect)
  await companion.ready()
  const call = await companion.talk()
  await until(() => statusOf(companion, call.callId) === 'progressing')
  const say = async (message: string, repeat = 1) =>
    companion.practice.pull({ pull: 'transcript', callId: call.callId, direction: 'in', message, repeat })
  const until1 = async (message: string) => {
    await until(async () => (await linesOf(companion, call.callId)).some(({ text }) => text === message))
  }
  await until(async () => {
    const listed = await companion.practice.api.get('/v1.0/transcribes')
    return listed.json.result.length > 0
  })
  return { companion, ...call, say, heard: until1 }
}

describe.each(dialects)('events with the %s dialect', (dialect) => {
  it.each(['raw', 'wrapped', 'seed', 'bare'] as const)(
    '[E.4] in the %s envelope are understood',
    async (shape) => {
      const companion = await aCompanion(dialect)
      await companion.practice.pull({ pull: 'envelope', shape })
      await companion.ready()
      const { callId, leg } = await companion.talk()
      await until(() => statusOf(companion, callId) === 'progressing')
      await until(async () => (await companion.practice.api.get('/v1.0/transcribes')).json.result.length > 0)
      await companion.practice.pull({ pull: 'transcript', callId, direction: 'in', message: 'Good morning' })
      await until(async () => (await linesOf(companion, callId)).some(({ text }) => text === 'Good morning'))
      leg.bye()
      await until(() => statusOf(companion, callId) === 'hangup')
      await until(() => (open(companion)?.events ?? 0) > 3)
      expect(open(companion)).toMatchObject({ delivery: 'proven', unknown: 0 })
    },
  )

  it('[E.3] that come twice and four times count once', async () => {
    const { companion, callId, say, heard } = await inCall(dialect)
    await companion.practice.pull({ pull: 'duplicateEvents', count: 20 })
    await say('Once only')
    await heard('Once only')
    await say('The last')
    await heard('The last')
    const texts = (await linesOf(companion, callId)).map(({ text }) => text)
    expect(texts.filter((text) => text === 'Once only')).toHaveLength(1)
    await until(() => (open(companion)?.duplicates ?? 0) > 0)
  })

  it('[E.7] in the wrong order never take a call back', async () => {
    const companion = await aCompanion(dialect)
    await companion.ready()
    // Created, ringing and progressing come the other way round.
    await companion.practice.pull({ pull: 'reorderEvents', type: 'call_*', count: 3 })
    const { callId, leg } = await companion.ring()
    const seen: string[] = []
    companion.app.store.subscribe(({ calls }) => void seen.push(calls[callId]?.status ?? ''))
    leg.answer()
    await until(() => (open(companion)?.events ?? 0) >= 3)
    expect(statusOf(companion, callId)).toBe('progressing')
    const from = seen.indexOf('progressing')
    expect(seen.slice(from).filter((status) => status === 'ringing' || status === 'dialing')).toEqual([])
  })

  it('[E.7] keep the last line although the hangup overtakes it', async () => {
    const { companion, callId, leg, say } = await inCall(dialect)
    await companion.practice.pull({ pull: 'delayEvents', type: 'transcript_created', ms: 300, count: 1 })
    await say('Good bye')
    leg.bye()
    await until(() => statusOf(companion, callId) === 'hangup')
    await until(async () => (await linesOf(companion, callId)).some(({ text }) => text === 'Good bye'))
  })

  it('[E.1] told again after a reconnect change nothing', async () => {
    const { companion, callId, leg, say, heard } = await inCall(dialect)
    await say('Before')
    await heard('Before')
    const before = open(companion)?.openedAt ?? 0
    await companion.practice.pull({ pull: 'replayEvents', count: 100 })
    await companion.practice.pull({ pull: 'eventSockets' })
    await until(() => (open(companion)?.openedAt ?? 0) > before)
    await until(() => (open(companion)?.duplicates ?? 0) > 0)
    await say('After')
    await heard('After')
    expect(statusOf(companion, callId)).toBe('progressing')
    expect(
      (await linesOf(companion, callId)).map(({ text }) => text).filter((text) => text === 'Before'),
    ).toEqual(['Before'])
    leg.bye()
    await until(() => statusOf(companion, callId) === 'hangup')
  })

  it('[E.1] that the queue dropped in a flood are made up for over REST', async () => {
    const { companion, callId, leg, say } = await inCall(dialect)
    await companion.practice.pull({ pull: 'holdEvents', ms: 400 })
    await say('A flood', 2_100)
    leg.bye()
    await until(
      async () => (await companion.practice.api.get(`/v1.0/calls/${callId}`)).json.status === 'hangup',
    )
    await until(() => companion.host.lines.join('\n').includes('a flood of events'))
    // Its event was the last one: it did not fit into the queue.
    await until(() => statusOf(companion, callId) === 'hangup')
    await until(async () => {
      const trace = await companion.ask['trace.watch']({ on: true })
      return trace.some(({ title }) => title === 'GET /v1.0/calls?page_size=20')
    })
  })

  it('[E.1] come over a socket that answers every ping and outlives the limit', async () => {
    expect(platformTimings).toMatchObject({ pingMs: 10_000, pongTimeoutMs: 60_000 })
    const { platform } = await aPlatform(dialect, { timings: { pingMs: 20, pongTimeoutMs: 1_500 } })
    const scope = createScope('events')
    onTestFinished(() => scope.end())
    let pings = 0
    const lost: string[] = []
    platform.openEvents(scope, {
      onOpen: () => {},
      onPing: () => void pings++,
      onEvent: () => {},
      onDuplicate: () => {},
      onUnknown: () => {},
      onClose: ({ kind }) => void lost.push(kind),
    })
    // Longer than a socket without a pong would live.
    await until(() => pings >= 90)
    expect(lost).toEqual([])
  })

  it('[I.30] say how long they took', async () => {
    const { companion, say, heard } = await inCall(dialect)
    await say('Timed')
    await heard('Timed')
    await until(() => (open(companion)?.delay?.count ?? 0) > 0)
    expect(open(companion)?.delay?.medianMs).toBeLessThan(60_000)
  })

  it('[E.2] of an administrator who became an agent follow the new permission after the next sign-in', async () => {
    const companion = await aCompanion(dialect)
    const username = companion.practice.logins.admin
    const byPassword = { by: 'password', username, password: username } as const
    await companion.ask['account.signIn'](byPassword)
    await companion.ask['subscription.open']({})
    expect(open(companion)?.topics[0]).toMatch(/^customer_id:/)
    await companion.practice.pull({ pull: 'permission', user: 'admin', permission: 16 })
    // The token still says what it said (contract B.1), also to a new socket.
    await companion.practice.pull({ pull: 'eventSockets' })
    await until(() => companion.state().subscription.status !== 'open')
    await until(() => open(companion) !== undefined)
    expect(open(companion)?.topics[0]).toMatch(/^customer_id:/)
    await companion.ask['account.renew'](byPassword)
    await until(() => open(companion)?.topics[0]?.startsWith('agent_id:') === true)
    expect(companion.state().account).toMatchObject({ role: 'agent' })
    expect(open(companion)?.topics).toHaveLength(1)
  })
})
