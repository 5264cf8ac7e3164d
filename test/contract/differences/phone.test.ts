// Contract H on the phone: how it is challenged, over what it speaks, and which ports its sound needs.
import { describe, expect, it } from 'vitest'
import { errorTable } from '../../../common/kit/errors.ts'
import { defaultSettings } from '../../../common/model/settings.ts'
import { toAddresses } from '../../../main/platform/addresses.ts'
import { aCompanion, dialects, until } from '../../support/on-practice.ts'
import { aPhoneOnPractice } from '../../support/phone-on-practice.ts'

describe.each(dialects)('%s', (dialect) => {
  it('H.32 a challenge is answered as 401 of the registrar and as 407 of the edge, for either realm', async () => {
    const { start, registration, rows, bound } = await aPhoneOnPractice(dialect)
    await start()
    await expect.poll(() => registration().status, { timeout: 10_000 }).toBe('registered')
    const challenged = rows.filter(({ title, result }) => /40[17]/.test(`${title} ${result}`))
    expect(`${challenged[0]?.title} ${challenged[0]?.result}`).toContain(
      dialect === 'documented' ? '407' : '401',
    )
    expect(await bound()).toBe(1)
  })

  it('H.35 SIP goes over the WebSocket of the edge, never to the API and never over UDP', async () => {
    const { start, registration, opened, practice, rows } = await aPhoneOnPractice(dialect)
    await start()
    await expect.poll(() => registration().status, { timeout: 10_000 }).toBe('registered')
    expect(opened).toEqual([practice.address.edgeUrl])
    expect(rows.find(({ title }) => title.includes('REGISTER'))?.body).toContain('transport=ws')
    for (const environment of ['production', 'sandbox'] as const) {
      const addresses = toAddresses({ ...defaultSettings, environment, dialect })
      const edges = addresses.edgesOf(practice.customerId)
      expect(edges.length).toBeGreaterThan(1)
      for (const edge of edges) {
        expect(edge).toMatch(/^wss:/)
        expect(edge).not.toContain('api.')
      }
    }
  })

  it('H.34 where no sound comes through, both ranges of ports are named', async () => {
    const { practice, phone, ask, ready, state } = await aCompanion(dialect)
    await ready()
    await ask['quickstart.run']({ only: 'placeCall' })
    const leg = await practice.line.nextLeg()
    leg.ring()
    await until(() => state().quickstart.status !== 'running')
    const sessionId = await phone.ring(leg.invite.from)
    await ask['quickstart.run']({ only: 'ring' })
    await until(() => state().quickstart.status !== 'running')
    leg.answer()
    await phone.changeSession(sessionId, { status: 'established', answeredAt: Date.now() })
    await phone.media(sessionId, { packetsSent: 50, packetsReceived: 0 })
    await ask['quickstart.run']({ only: 'answer', stepTimeoutMs: 1_000 })
    await until(() => state().quickstart.status !== 'running')
    const failed = state().quickstart.steps.find(({ id }) => id === 'answer')
    expect(failed?.error?.code).toBe('media.noAudioIn')
    // 10000–20000 in the guides, 20000–30000 in the installers.
    for (const code of ['media.noAudioIn', 'media.noAudioOut'] as const)
      expect(errorTable[code].remedy).toContain('10000–30000')
  })
})
