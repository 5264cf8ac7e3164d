// A caller's name from the platform: for every role, in both dialects (contract C.9, C.10).
import { describe, expect, it } from 'vitest'
import { aCompanion, aPlatform, dialects, failure, until } from '../../support/on-practice.ts'

describe.each(dialects)('contacts of a %s platform', (dialect) => {
  it.each(['admin', 'manager', 'agent'] as const)('are found by their number for an %s', async (user) => {
    const platform = await (await aPlatform(dialect)).as(user)
    expect(await platform.contacts.lookUp('+15550100042')).toEqual({ name: 'Ada Byron' })
  })

  it('are nobody where nobody has the number', async () => {
    const { platform } = await aPlatform(dialect)
    expect(await platform.contacts.lookUp('+15550100043')).toBeUndefined()
  })

  it('fail by their own error where the platform fails', async () => {
    const { platform, practice } = await aPlatform(dialect)
    await practice.pull({ pull: 'failRequest', path: '/v1.0/contacts/lookup', status: 403, times: 3 })
    expect((await failure(platform.contacts.lookUp('+15550100042'))).code).toBe('account.notPermitted')
  })

  it('name the call that rings, without keeping it from ringing', async () => {
    const { practice, phone, ready, state, app } = await aCompanion(dialect)
    await ready()
    await practice.pull({ pull: 'delayRequest', path: '/v1.0/contacts/lookup', ms: 300 })
    await phone.ring({ user: '+15550100042', displayName: 'Somebody else' })
    await until(() => app.desk.face().ringing?.name === 'Somebody else')
    await until(() => app.desk.face().ringing?.name === 'Ada Byron')
    expect(state().people['+15550100042']).toEqual({ name: 'Ada Byron', shown: '+1 555 010 0042' })
    await app.handlers['account.signOut']({})
    expect(state().people).toEqual({})
  })
})
