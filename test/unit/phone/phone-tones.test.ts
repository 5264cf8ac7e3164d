// Keys by INFO, and what the far end answers to them.
import { describe, expect, it } from 'vitest'
import { reply } from '../../support/fake-edge.ts'
import { createPhones } from '../../support/phone-on-edge.ts'

const phones = createPhones()

const press = async (keys: string) => {
  const t = phones.phoneOn()
  await t.start()
  const { id } = await t.establish()
  t.media.rtpEvents = false
  const sent = t.phone.sendDtmf(id, keys).then(
    () => 'sent',
    (error: unknown) => error,
  )
  await t.settle()
  const answer = async (status: string, extra: string[] = []) => {
    t.edge.say(reply(t.edge.last('INFO') ?? '', status, extra))
    await t.settle(1000)
  }
  return { ...t, id, sent, answer }
}

describe('keys by INFO', () => {
  it('go one after the other, each when the one before was accepted', async () => {
    const t = await press('12')
    await t.settle(1000)
    expect(t.edge.count('INFO')).toBe(1)
    await t.answer('200 OK')
    expect(t.edge.last('INFO')).toContain('Signal=2')
    await t.answer('200 OK')
    expect(await t.sent).toBe('sent')
  })

  it.each(['405 Method Not Allowed', '415 Unsupported Media Type', '469 Bad Info Package', '302 Moved'])(
    'that are refused with %s fail, the rest is not sent, and the call goes on',
    async (status) => {
      const t = await press('12')
      await t.answer(status)
      expect(await t.sent).toMatchObject({ code: 'call.keysRefused', status: Number(status.slice(0, 3)) })
      expect(t.edge.count('INFO')).toBe(1)
      expect(t.session().status).toBe('established')
    },
  )

  it('into a call that is over at the other side (481) end it here as well', async () => {
    const t = await press('1')
    await t.answer('481 Call/Transaction Does Not Exist')
    expect(await t.sent).toMatchObject({ code: 'call.gone' })
    expect(t.session()).toMatchObject({ status: 'ended', outcome: 'hungUpByThem' })
    expect(t.edge.count('BYE')).toBe(1)
  })

  it('fail with the call when that ends before the answer', async () => {
    const t = await press('1')
    const hungUp = t.phone.handlers['phone.hangUp']({ sessionId: t.id })
    await t.settle(100)
    await hungUp
    expect(await t.sent).toMatchObject({ code: 'call.gone' })
  })
})

describe('a string of keys', () => {
  const dial = async (keys: string) => {
    const t = phones.phoneOn()
    await t.start()
    const { id } = await t.establish()
    const sent = t.phone.sendDtmf(id, keys).then(
      () => 'sent',
      (error: unknown) => error,
    )
    await t.settle()
    const tones = () => t.media.steps.filter((step) => step.startsWith('tones'))
    return { ...t, id, sent, tones }
  }

  it('pauses at a comma by itself, and at a semicolon waits for the person', async () => {
    const t = await dial('12,3;45w6')
    expect(t.tones()).toEqual(['tones 12,3'])
    expect(t.session().keys).toEqual({ status: 'sending', left: 7 })
    // Two keys, a pause of 2 s, a key.
    await t.settle(2300)
    expect(t.session().keys).toMatchObject({ status: 'sending' })
    await t.settle(400)
    expect(t.session().keys).toEqual({ status: 'waiting', left: 3 })
    await t.settle(60_000)
    expect(t.tones()).toEqual(['tones 12,3'])
    t.phone.goOnKeys(t.id)
    await t.settle(1000)
    expect(t.tones()).toEqual(['tones 12,3', 'tones 45'])
    expect(t.session().keys).toEqual({ status: 'waiting', left: 1 })
    t.phone.goOnKeys(t.id)
    await t.settle(1000)
    expect(t.tones().at(-1)).toBe('tones 6')
    expect(t.session().keys).toBeUndefined()
    expect(await t.sent).toBe('sent')
  })

  it('that is stopped sends nothing more, and that is no failure', async () => {
    const t = await dial('1;2')
    await t.settle(1000)
    t.phone.stopKeys(t.id)
    await t.settle(1000)
    expect(t.session().keys).toBeUndefined()
    expect(t.media.steps).toContain('keys stopped')
    expect(t.tones()).toEqual(['tones 1'])
    expect(await t.sent).toBe('sent')
  })

  it('that waits lets single keys through', async () => {
    const t = await dial('1;2')
    await t.settle(1000)
    void t.phone.sendDtmf(t.id, '#')
    await t.settle(1000)
    expect(t.tones()).toEqual(['tones 1', 'tones #'])
    expect(t.session().keys).toEqual({ status: 'waiting', left: 1 })
  })

  it('that comes after another one takes its place', async () => {
    const t = await dial('1;2')
    await t.settle(1000)
    void t.phone.sendDtmf(t.id, '77')
    await t.settle(1000)
    expect(t.tones()).toEqual(['tones 1', 'tones 77'])
    expect(t.session().keys).toBeUndefined()
  })

  it('may be written as people write numbers, and nothing else', async () => {
    const t = await dial('(12) 3-4.p5')
    expect(t.tones()).toEqual(['tones 1234,5'])
    await expect(t.phone.sendDtmf(t.id, '12x')).rejects.toMatchObject({ code: 'app.inputInvalid' })
  })
})
