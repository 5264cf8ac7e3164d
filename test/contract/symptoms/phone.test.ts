// Contract I.14, I.15: the phone that does not register, each stage by its own name, and the one that is lost again.
import { describe, expect, it } from 'vitest'
import { dialects } from '../../support/on-practice.ts'
import { aPhoneOnPractice } from '../../support/phone-on-practice.ts'

describe.each(dialects)('%s', (dialect) => {
  it.each([
    [403, 'sip.rejected'],
    [404, 'sip.unknownDomain'],
    [408, 'sip.timeout'],
    [503, 'sip.failed'],
  ] as const)('I.14 the registrar that answers %i is told as %s', async (status, code) => {
    const { practice, start, registration } = await aPhoneOnPractice(dialect)
    await practice.pull({ pull: 'registration', status })
    await start()
    await expect.poll(registration, { timeout: 10_000 }).toMatchObject({ error: { code, status } })
  })

  it('I.14 a wrong password, a wrong domain and a closed port are told apart', async () => {
    const { start, registration, practice } = await aPhoneOnPractice(dialect)
    await start({ password: 'wrong' })
    await expect
      .poll(registration, { timeout: 10_000 })
      .toMatchObject({ status: 'refused', error: { code: 'sip.rejected' } })
    const foreign = `${practice.customerId}.registrar.elsewhere.example`
    await start({ domain: foreign })
    await expect
      .poll(registration, { timeout: 10_000 })
      .toMatchObject({ error: { code: 'sip.unknownDomain' } })
    await start({ edges: ['ws://127.0.0.1:9'] })
    await expect
      .poll(registration, { timeout: 10_000 })
      .toMatchObject({ status: 'waiting', error: { code: 'sip.unreachable' } })
  })

  it('I.15 a registration that is lost comes back by itself', async () => {
    const { practice, start, registration, bound } = await aPhoneOnPractice(dialect)
    await start()
    await expect.poll(() => registration().status, { timeout: 10_000 }).toBe('registered')
    const before = registration()
    await practice.pull({ pull: 'restart' })
    await expect.poll(bound, { timeout: 10_000 }).toBe(1)
    await expect.poll(() => registration().status, { timeout: 10_000 }).toBe('registered')
    expect(registration()).not.toEqual(before)
  })
})
