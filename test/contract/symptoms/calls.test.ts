// Contract I.12, I.13, I.16 to I.20, I.33: extensions and calls that do not come about.
import { describe, expect, it } from 'vitest'
import { errorTable } from '../../../common/kit/errors.ts'
import { aCompanion, aPlatform, type Companion, dialects, failure, until } from '../../support/on-practice.ts'

/** The error of the quickstart's step, run alone. */
async function stepError({ ask, state }: Companion, only: 'placeCall' | 'ring', stepTimeoutMs?: number) {
  await ask['quickstart.run']({ only, ...(stepTimeoutMs ? { stepTimeoutMs } : {}) })
  await until(() => state().quickstart.status !== 'running')
  return state().quickstart.steps.find(({ id }) => id === only)?.error
}

describe.each(dialects)('%s', (dialect) => {
  it('I.12 a field that is wrong or missing is named, here or with the words of the platform', async () => {
    const { ask } = await aCompanion(dialect)
    const here = await failure(ask['settings.change']({ patch: { extension: 'no spaces' } }))
    expect(here).toMatchObject({ code: 'app.inputInvalid', detail: expect.stringContaining('extension') })
    if (dialect === 'deployed') return
    const { platform } = await aPlatform(dialect)
    const there = await failure(platform.extensions.create({ extension: 'x', password: '', detail: 'd' }))
    expect(there).toMatchObject({ code: 'platform.badRequest', detail: expect.stringContaining('password') })
  })

  it('I.13 a duplicate is taken over, a full plan is called so', async () => {
    const { practice, ask, state } = await aCompanion(dialect)
    await ask['account.signIn']({ by: 'stored' })
    const row = { name: 'Desk7', detail: 'x', extension: 'Desk7', password: 'x' }
    await practice.api.post('/v1.0/extensions', row)
    await ask['settings.change']({ patch: { extension: 'desk7' } })
    await ask['extension.provision']({})
    expect(state().extension).toMatchObject({ status: 'ready', outcome: 'found', extension: 'Desk7' })
    await ask['settings.change']({ patch: { extension: 'desk8' } })
    const full = { pull: 'failRequest', method: 'POST', path: '/v1.0/extensions', status: 500 } as const
    await practice.pull(full)
    expect((await failure(ask['extension.provision']({}))).code).toBe('extension.limit')
  })

  it('I.16 a call that does not ring says why: another device, an old contact, another answered', async () => {
    const companion = await aCompanion(dialect)
    await companion.ready()
    const { extension } = companion.state()
    if (extension.status !== 'ready') throw new Error('no extension')
    expect(await stepError(companion, 'placeCall')).toBeUndefined()
    const leg = await companion.practice.line.nextLeg()
    leg.answer()
    const elsewhere = await stepError(companion, 'ring', 1_500)
    expect(elsewhere?.code).toBe('call.elsewhere')
    await companion.practice.line.restart()
    companion.practice.line.register(extension.extension, 'sip:old@elsewhere.invalid;transport=ws')
    expect(await stepError(companion, 'placeCall')).toBeUndefined()
    const stale = await stepError(companion, 'ring', 1_500)
    // Where the legs do not name their device, no more can be told.
    expect(stale?.code).toBe(dialect === 'deployed' ? 'call.staleContact' : 'call.noInvite')
  })

  it('I.17 a call that ends at once is told by its reason, and the balance is looked at', async () => {
    const { ready, ask, practice, codes, state } = await aCompanion(dialect)
    await ready()
    await ask['call.placeTest']({})
    const first = await practice.line.nextLeg()
    first.end('unreachable')
    await until(() => codes().includes('call.endedAtOnce'))
    expect(state().notices.at(-1)?.error.detail).toContain('failed')
    await ask['call.placeTest']({})
    const second = await practice.line.nextLeg()
    await practice.pull({ pull: 'balance', credit: 0 })
    second.end('unreachable')
    await until(() => codes().includes('account.balance'))
  })

  it('I.18 a number that is refused is named, with those that can be chosen', async () => {
    const { ready, ask, practice } = await aCompanion(dialect)
    await ready()
    await practice.pull({
      pull: 'failRequest',
      method: 'POST',
      path: '/v1.0/calls',
      status: 400,
      reason: 'INVALID_ACTION_TYPE',
    })
    const action = await failure(ask['call.placeTest']({}))
    expect(action).toMatchObject({ code: 'platform.badRequest', detail: expect.stringContaining('ACTION') })
    await ask['settings.change']({ patch: { sourceNumber: '+15550999999' } })
    const outcome = await ask['call.placeTest']({}).then(
      () => undefined,
      (error) => error,
    )
    if (outcome) {
      expect(outcome.code).toBe('call.numberNotOwned')
      expect(outcome.detail).toContain(practice.number)
    } else expect(dialect).toBe('deployed')
  })

  it('I.19 402 is the balance', async () => {
    const { ready, ask, practice } = await aCompanion(dialect)
    await ready()
    await practice.pull({ pull: 'balance', credit: 0 })
    const error = await failure(ask['call.placeTest']({}))
    expect([error.code, error.status]).toEqual(['account.balance', 402])
  })

  it('I.20 an identity that is not verified is told, and that extensions need none', async () => {
    const { platform, practice } = await aPlatform(dialect)
    const calling = platform.calls.place({
      source: { type: 'tel', target: practice.number },
      destinations: [{ type: 'tel', target: '+15550100099', targetName: '' }],
      actions: [],
    })
    expect((await failure(calling)).code).toBe('account.identity')
    expect(errorTable['account.identity'].remedy).toContain('extensions work without it')
  })

  it('I.33 a call just placed is asked for again for five seconds; one that is gone leaves no error behind', async () => {
    const { ready, ring, practice, state, codes, ask } = await aCompanion(dialect)
    await ready()
    const { callId } = await ring()
    await until(() => state().calls[callId]?.id === callId)
    expect(codes()).toEqual([])
    await practice.api.delete(`/v1.0/calls/${callId}`)
    await ask['call.hangUp']({ callId })
    expect(codes()).toEqual([])
  })
})
