// How the phone proves its password to the real edge, judged by what the registrar then holds.
import { describe, expect, it } from 'vitest'
import { keepEdges } from '../fixture/keep-edges.ts'
import { ada, askFromOutside, registers, users } from './facts.ts'

const { edge: start, phone: open } = keepEdges()

describe('the phone proves its password', () => {
  it.each([401, 407] as const)(
    'after a %i, and is bound by the Contact that it says is its own',
    async (challenge) => {
      const edge = await start({ users, switches: { challenge } })
      const phone = await open(edge, ada)
      const { contact } = await phone.register()
      const [binding, ...more] = await edge.contacts('2000')
      expect(more).toEqual([])
      expect(binding).toMatchObject({ user: contact.user, userAgent: 'VoIPBIN-Companion' })
      expect(binding?.contact).toContain('transport=ws')
      expect(binding?.expires).toBeGreaterThan(280)
      expect(registers(edge).map(({ proof }) => proof)).toEqual(['no', 'yes'])
      expect(edge.log.find('challenge').map(({ status }) => status)).toEqual([String(challenge)])
      expect(await askFromOutside(edge)).toBe(200)
      expect(phone.problems).toEqual([])
    },
  )

  it.each([
    { title: 'SHA-256', options: { algorithm: 'SHA-256' as const } },
    { title: 'MD5', options: { algorithm: 'MD5' as const } },
    { title: 'a challenge without qop, as RFC 2069 has it', options: { qop: false } },
  ])('with $title', async ({ options }) => {
    const edge = await start({ users, ...options })
    const phone = await open(edge, ada)
    await phone.register()
    expect(await edge.contacts('2000')).toHaveLength(1)
    expect(registers(edge)).toHaveLength(2)
  })

  it('and leaves neither password nor digest in its trace', async () => {
    const edge = await start({ users })
    const phone = await open(edge, ada)
    await phone.register()
    const trace = (await phone.rows()).map(({ title, body }) => `${title}\n${body ?? ''}`).join('\n')
    expect(trace).toContain('REGISTER')
    expect(trace).not.toContain(ada.password)
    expect(trace).not.toMatch(/response="?[0-9a-f]{32}/)
    expect(trace).not.toMatch(/c?nonce="[^"]{8,}"/)
  })
})

describe('a challenge that is no use to answer', () => {
  it('a wrong password is refused, and not tried for ever', async () => {
    const edge = await start({ users })
    const phone = await open(edge, { ...ada, password: 'wrong' })
    await phone.ask('phone.start', phone.start)
    const { error } = await phone.untilRegistration('refused')
    expect(error).toMatchObject({ code: 'sip.rejected', status: 401 })
    const tries = registers(edge).length
    expect(tries).toBeLessThanOrEqual(4)
    // As long as another device takes to come up, nothing more is heard of this one.
    const other = await phone.another()
    await edge.addUser('2001', 'word-2')
    Object.assign(other.start, { username: '2001', password: 'word-2' })
    await other.register()
    expect(registers(edge)).toHaveLength(tries)
    expect(await edge.contacts('2000')).toEqual([])
  })

  it('a registrar that says 403 to a wrong password is believed at once', async () => {
    const edge = await start({ users, switches: { forbid: true } })
    const phone = await open(edge, { ...ada, password: 'wrong' })
    await phone.ask('phone.start', phone.start)
    const { error } = await phone.untilRegistration('refused')
    expect(error).toMatchObject({ code: 'sip.rejected', status: 403 })
    expect(registers(edge)).toHaveLength(2)
  })

  it('after a refusal, the right password registers', async () => {
    const edge = await start({ users })
    const phone = await open(edge, { ...ada, password: 'wrong' })
    await phone.ask('phone.start', phone.start)
    await phone.untilRegistration('refused')
    phone.start.password = ada.password
    await phone.register()
    expect(await edge.contacts('2000')).toHaveLength(1)
  })

  it('an unknown domain is refused with its own words', async () => {
    const edge = await start({ users })
    const phone = await open(edge, ada)
    phone.start.domain = 'nobody.registrar.voipbin.test'
    await phone.ask('phone.start', phone.start)
    const { error } = await phone.untilRegistration('refused')
    expect(error).toMatchObject({ code: 'sip.unknownDomain', status: 404 })
    expect(registers(edge)).toHaveLength(1)
  })

  it('the challenge of a foreign realm gets no digest of our password', async () => {
    const edge = await start({ users, switches: { realm: 'stranger.example.test' } })
    const phone = await open(edge, ada)
    await phone.ask('phone.start', phone.start)
    const { error } = await phone.untilRegistration('refused')
    expect(error).toMatchObject({ code: 'sip.rejected' })
    expect(error.detail).toContain('stranger.example.test')
    expect(registers(edge).map(({ proof }) => proof)).not.toContain('yes')
  })
})
