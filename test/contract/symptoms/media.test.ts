// Contract I.31: sound in one direction is told while the call is up, and taken back when it flows again.
import { describe, expect, it } from 'vitest'
import { aCompanion, dialects } from '../../support/on-practice.ts'

describe.each(dialects)('%s', (dialect) => {
  it('I.31 one-way audio is told in the window, and no longer when sound arrives', async () => {
    const { ready, talk, phone, codes } = await aCompanion(dialect)
    await ready()
    const { sessionId } = await talk()
    await phone.changeSession(sessionId, { answeredAt: Date.now() - 60_000 })
    await phone.media(sessionId, { packetsSent: 3_000, packetsReceived: 0 })
    await expect.poll(codes, { timeout: 10_000 }).toContain('media.noAudioIn')
    await phone.media(sessionId, { packetsSent: 3_100, packetsReceived: 50 })
    await expect.poll(codes, { timeout: 10_000 }).not.toContain('media.noAudioIn')
  })
})
