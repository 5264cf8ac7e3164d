// The main job as each role, on practice in both dialects: what each may do works, the rest is not tried and says why.
import { describe, expect, it } from 'vitest'
import type { StepId } from '../../../common/model/quickstart.ts'
import { aCompanion, type Companion, dialects, failure, type User, until } from '../../support/on-practice.ts'

const users = ['admin', 'manager', 'agent'] as const

async function signedInAs(dialect: (typeof dialects)[number], user: User | 'accessKey') {
  const companion = await aCompanion(dialect)
  const { ask, practice, state } = companion
  await ask['account.signIn']({ by: 'stored' })
  if (user !== 'accessKey') {
    const username = practice.logins[user]
    await ask['account.signIn']({ by: 'password', username, password: username })
  }
  expect(state().account).toMatchObject({
    status: 'signedIn',
    role: user === 'accessKey' ? 'admin' : user,
    customerName: 'Practice',
  })
  return companion
}

async function prepare({ ask }: Companion) {
  await ask['extension.provision']({})
  await ask['subscription.open']({})
  await ask['phone.register']({})
}

const refusals = async ({ ask }: Companion) => {
  const trace = await ask['trace.watch']({ on: true })
  return trace
    .filter(({ result = '' }) => /^40[13]/.test(result))
    .map(({ title, result }) => `${title} ${result}`)
}

describe.each(dialects)('%s', (dialect) => {
  it.each(['accessKey', 'admin', 'manager'] as const)(
    '%s: extension, events, phone, test call, transcript and speaking, and nothing is refused',
    async (user) => {
      const companion = await signedInAs(dialect, user)
      const { ask, talk, state } = companion
      await prepare(companion)
      expect(state().extension).toMatchObject({ status: 'ready', outcome: 'created' })
      const { callId } = await talk()
      await until(() => state().speakings[callId]?.session.status === 'active')
      await ask['speaking.say']({ callId, text: 'Hello' })
      await ask['number.list']({})
      expect(state().numbers).toMatchObject({ status: 'ready' })
      await ask['call.hangUp']({ callId })
      expect(await refusals(companion)).toEqual([])
    },
  )

  it('agent: the quickstart proves what it may, says why the rest is not for it, and asks for nothing more', async () => {
    const companion = await signedInAs(dialect, 'agent')
    const { ask, state } = companion
    await ask['quickstart.run']({})
    await until(() => !['idle', 'running'].includes(state().quickstart.status))
    const { status, steps } = state().quickstart
    const passed = steps.filter((step) => step.state === 'passed').map(({ id }) => id)
    expect([status, passed]).toEqual([
      'passed',
      ['signIn', 'extension', 'subscribe', 'register'] satisfies StepId[],
    ])
    expect(steps[4]).toMatchObject({
      state: 'skipped',
      proof: expect.stringContaining('needs the manager or admin permission'),
    })
    expect(state().extension).toMatchObject({ status: 'ready', extension: 'desk', outcome: 'found' })
    expect(state().subscription).toMatchObject({
      status: 'open',
      topics: [expect.stringMatching(/^agent_id:/)],
    })
    expect(await refusals(companion)).toEqual([])
  })

  it('agent: its extension is neither renewed nor removed, and the platform is not asked to', async () => {
    const companion = await signedInAs(dialect, 'agent')
    const { ask, state } = companion
    await ask['extension.provision']({})
    expect((await failure(ask['extension.rotate']({}))).code).toBe('account.notPermitted')
    expect((await failure(ask['extension.remove']({}))).code).toBe('account.notPermitted')
    expect(state().extension).toMatchObject({ status: 'ready', extension: 'desk' })
    expect(await refusals(companion)).toEqual([])
  })

  it('agent: an extension of somebody else is neither taken nor made', async () => {
    const companion = await signedInAs(dialect, 'agent')
    const { practice, ask, state } = companion
    await practice.addPhone('others')
    await ask['settings.change']({ patch: { extension: 'others' } })
    await ask['extension.provision']({})
    expect(state().extension).toMatchObject({ extension: 'desk' })
    expect(await refusals(companion)).toEqual([])
  })

  it.each(users)('%s: lists and keys are asked for by whoever may only', async (user) => {
    const companion = await signedInAs(dialect, user)
    const { ask } = companion
    const outcome = async (work: Promise<unknown>) =>
      work.then(
        () => 'read',
        (error) => error.code,
      )
    expect(await outcome(ask['number.list']({}))).toBe(user === 'agent' ? 'account.notPermitted' : 'read')
    expect(await outcome(ask['accessKey.list']({}))).toBe(user === 'admin' ? 'read' : 'account.notPermitted')
    expect(await refusals(companion)).toEqual([])
  })
})

describe('deployed, agent: a call to the extension by its id', () => {
  async function called() {
    const companion = await signedInAs('deployed', 'agent')
    const { practice, phone, state } = companion
    await prepare(companion)
    const { extension } = state()
    if (extension.status !== 'ready') throw new Error('no extension')
    await practice.api.post('/v1.0/calls', {
      source: { type: 'tel', target: practice.number },
      destinations: [{ type: 'extension', target: extension.id, target_name: 'desk' }],
      actions: [
        { type: 'transcribe_start', option: { language: 'en-US' } },
        { type: 'talk', option: { text: 'Hello from practice', language: 'en-US' } },
        { type: 'sleep', option: { duration: 60_000 } },
      ],
    })
    const leg = await practice.line.nextLeg()
    leg.ring()
    const sessionId = await phone.ring(leg.invite.from)
    return { ...companion, companion, leg, sessionId }
  }

  it('[E.5] is known by its groupcall; its transcript is read, also what comes while it is up', async () => {
    const { companion, phone, practice, leg, sessionId, state } = await called()
    await until(() => state().links[sessionId]?.status === 'linked')
    const link = state().links[sessionId]
    const callId = link?.status === 'linked' ? link.callId : ''
    leg.answer()
    await phone.changeSession(sessionId, { status: 'established', answeredAt: Date.now() })
    const lines = () =>
      (phone.seen.transcripts[callId] ?? []).map((line) => (line.kind === 'line' ? line.text : ''))
    await until(() => lines().some((line) => line.includes('Hello from practice')))
    await practice.pull({ pull: 'transcript', callId, direction: 'in', message: 'Good morning' })
    await until(() => lines().includes('Good morning'))
    expect(state().speakings[callId]).toBeUndefined()
    expect(await refusals(companion)).toEqual([])
  })
})

describe('documented, agent: a call that nobody tells it of', () => {
  it('[G.2] rings and is talked in all the same, and says why it is not matched', async () => {
    const companion = await signedInAs('documented', 'agent')
    const { practice, phone, state } = companion
    await prepare(companion)
    await practice.api.post('/v1.0/calls', {
      source: { type: 'tel', target: practice.number },
      destinations: [{ type: 'extension', target_name: 'desk' }],
      actions: [{ type: 'sleep', option: { duration: 60_000 } }],
    })
    const leg = await practice.line.nextLeg()
    leg.ring()
    const sessionId = await phone.ring(leg.invite.from)
    await until(() => state().links[sessionId]?.status === 'unlinked')
    expect(state().links[sessionId]).toMatchObject({ reason: expect.stringContaining('agent') })
    expect(await refusals(companion)).toEqual([])
  })
})

describe.each(dialects)('%s: without balance', (dialect) => {
  it.each(['admin', 'manager'] as const)(
    '[I.19] %s: the amount is told to whoever may see it',
    async (user) => {
      const companion = await signedInAs(dialect, user)
      await prepare(companion)
      await companion.practice.pull({ pull: 'balance', credit: -2_500_000 })
      const error = await failure(companion.ask['call.placeTest']({}))
      expect(error).toMatchObject({ code: 'account.balance', status: 402 })
      if (user === 'admin') expect(error.detail).toContain('balance -2.50 USD, plan free')
      else expect(error.detail).not.toContain('USD')
      expect(await refusals(companion)).toEqual([])
    },
  )
})

describe.each(dialects)('%s: where calls come from', (dialect) => {
  it('from the chosen number of many; without any from the extension', async () => {
    const companion = await signedInAs(dialect, 'admin')
    const { practice, ask, state } = companion
    await prepare(companion)
    await practice.pull({ pull: 'numbers', count: 130 })
    await ask['settings.change']({ patch: { sourceNumber: '+15550200077' } })
    await ask['call.placeTest']({})
    expect((await practice.line.nextLeg()).invite.from.user).toBe('+15550200077')
    expect(state().numbers).toMatchObject({ status: 'ready', numbers: { length: 130 } })
    await practice.pull({ pull: 'numbers', count: 0 })
    await ask['settings.change']({ patch: { sourceNumber: '' } })
    await ask['call.placeTest']({})
    const { extension } = state()
    expect((await practice.line.nextLeg()).invite.from.user).toBe(
      extension.status === 'ready' ? extension.id : '',
    )
  })

  it('[H: unowned source number] from a number that was given back: not blocked here, and explained where it is refused', async () => {
    const companion = await signedInAs(dialect, 'admin')
    const { practice, ask } = companion
    await prepare(companion)
    await ask['settings.change']({ patch: { sourceNumber: '+15550209999' } })
    if (dialect === 'deployed') {
      await ask['call.placeTest']({})
      expect((await practice.line.nextLeg()).invite.from.user).toBe('+15550209999')
    } else {
      const error = await failure(ask['call.placeTest']({}))
      expect(error).toMatchObject({ code: 'call.numberNotOwned', status: 400 })
      expect(error.detail).toContain(`yours: ${practice.number}`)
    }
  })
})
