// The phone with real WebRTC in headless Chromium, called by the practice line over loopback.
import { existsSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { heardInEar, phoneState, registered, ring, startPhone, until } from '../../support/bare-call.ts'
import type { BarePageOptions } from '../../support/bare-page.ts'
import { type BarePhone, nowMs, openBarePhone } from '../../support/bare-phone.ts'

const browser = '/usr/bin/chromium'
let bare: BarePhone | undefined
const open = async (options: BarePageOptions = {}) => {
  bare = await openBarePhone(options)
  await startPhone(bare)
  return bare
}
afterEach(async () => {
  await bare?.close()
  bare = undefined
})

describe.skipIf(!existsSync(browser))('the phone in a real browser', { timeout: 60_000 }, () => {
  it('rings, answers, hears and is heard, sends keys, hangs up, and says goodbye to the registrar', async () => {
    const t = await open()
    const digits: string[] = []
    const call = await ring(t)
    call.leg.onDtmf((digit) => digits.push(digit))
    // The answer is built while it rings, but nothing may leave before somebody answers.
    await t.page.waitForTimeout(500)
    const before = await t.page.evaluate(() => globalThis.bare.rows.map((row) => row.title))
    expect(before).toContain('180 Ringing (INVITE)')
    expect(before.filter((title) => title.startsWith('ICE'))).toEqual([])
    await call.answer()
    await heardInEar(t, call.sessionId)
    await until('sound at the caller', () => call.heard.firstAt)
    await t.page.evaluate((id) => globalThis.bare.phone.sendDtmf(id, '42#'), call.sessionId)
    await until('keys', () => digits.join('') === '42#')
    const media = await until('media', async () => {
      const found = (await call.session()).media
      return found && found.heardMs > 500 && found.spokenMs > 500 ? found : undefined
    })
    expect(media).toMatchObject({ codec: 'PCMU', microphone: 'live', ice: 'connected' })
    await call.hangUp()
    expect(await call.session()).toMatchObject({ status: 'ended', outcome: 'hungUpByUs' })
    await until('ended at the caller', () => call.leg.state.status === 'ended')
    await t.page.evaluate(() => globalThis.bare.phone.handlers['phone.stop']({}))
    expect(t.line.contacts('2000')).toEqual([])
    expect(t.problems).toEqual([])
    expect(t.requested.filter((url) => url.includes('meter-worklet'))).toHaveLength(1)
  })

  it('has the microphone open only for a call, and knows the names of the devices all the same', async () => {
    const t = await open()
    await t.page.evaluate(() => globalThis.bare.phone.warmUp())
    const warm = await phoneState(t)
    expect(warm.microphone).toEqual({ status: 'closed' })
    expect(warm.devices.inputs.map(({ label }) => label)).not.toContain('')
    expect(warm.devices.inputs).not.toEqual([])
    const call = await ring(t)
    await until('open while it rings', async () => (await phoneState(t)).microphone.status === 'open')
    await call.answer()
    await until('sound at the caller', () => call.heard.firstAt)
    await call.hangUp()
    await until('closed', async () => (await phoneState(t)).microphone.status === 'closed')
  })

  it('says at the warm-up already that the microphone is blocked', async () => {
    const t = await open({ microphone: 'denied' })
    await t.page.evaluate(() => globalThis.bare.phone.warmUp())
    expect((await phoneState(t)).microphone).toMatchObject({
      status: 'failed',
      error: { code: 'media.micDenied' },
    })
  })

  it('knows when a sound began, also when the page was too busy to notice', async () => {
    const t = await open()
    const call = await ring(t)
    await call.answer()
    const edge = (kind: 'start' | 'end', after = 0) =>
      until(`${kind} of sound in the microphone`, () =>
        t.page.evaluate(
          ([edge, since]) =>
            globalThis.bare.sounds.find(
              (each) => each.where === 'microphone' && each.edge === edge && each.at > since,
            )?.at,
          [kind, after] as const,
        ),
      )
    const first = await edge('start')
    await t.page.evaluate((id) => globalThis.bare.phone.setMuted(id, true), call.sessionId)
    const endedAt = await edge('end', first)
    const busyUntil = await t.page.evaluate((id) => {
      globalThis.bare.phone.setMuted(id, false)
      const end = Date.now() + 2500
      while (Date.now() < end);
      return end
    }, call.sessionId)
    expect(await edge('start', endedAt)).toBeLessThan(busyUntil - 500)
  })

  it('keeps sending when muted, but nothing that can be heard', async () => {
    const t = await open()
    const call = await ring(t)
    await call.answer()
    await until('sound at the caller', () => call.heard.firstAt)
    await t.page.evaluate((id) => globalThis.bare.phone.setMuted(id, true), call.sessionId)
    await t.page.waitForTimeout(500)
    const before = { ...call.heard }
    await until('more frames', () => call.heard.frames > before.frames + 25)
    expect(call.heard.loud).toBe(before.loud)
    await until('shown', async () => (await call.session()).media?.microphone === 'muted')
    await t.page.evaluate((id) => globalThis.bare.phone.setMuted(id, false), call.sessionId)
    await until('heard again', () => call.heard.loud > before.loud + 5)
  })

  it('goes on speaking while its socket is cut, registers again, and hears the far end hang up', async () => {
    const t = await open()
    const call = await ring(t)
    await call.answer()
    await until('sound at the caller', () => call.heard.firstAt)
    const cutAt = nowMs()
    const before = call.heard.frames
    t.line.cutSockets()
    await registered(t, cutAt)
    await until('re-INVITE', () => call.logged(/< INVITE/, cutAt))
    await until('more frames', () => call.heard.frames > before + 50)
    expect((await call.session()).status).toBe('established')
    await call.leg.hangUp()
    await until('ended here', async () => (await call.session()).status === 'ended')
    expect(await call.session()).toMatchObject({ outcome: 'hungUpByThem' })
  })

  it('says that the microphone is blocked, and goes on ringing', async () => {
    const t = await open({ microphone: 'denied' })
    const call = await ring(t)
    await expect(call.answer()).rejects.toThrow(/microphone is blocked/)
    expect(await call.session()).toMatchObject({ status: 'ringing', error: { code: 'media.micDenied' } })
    expect((await phoneState(t)).microphone).toMatchObject({ status: 'failed' })
    expect(call.leg.state.status).toBe('ringing')
  })

  it('says that there is no microphone', async () => {
    const t = await open({ microphone: 'missing' })
    const call = await ring(t)
    await expect(call.answer()).rejects.toThrow(/no microphone/)
    expect(await call.session()).toMatchObject({ error: { code: 'media.micMissing' } })
  })

  it('says that the microphone gives nothing but zeros', async () => {
    const t = await open({ microphone: 'zeros' })
    const call = await ring(t)
    await call.answer()
    await until('noticed', async () => (await call.session()).media?.microphone === 'digitalSilence')
    expect((await phoneState(t)).microphone).toMatchObject({
      status: 'failed',
      error: { code: 'media.micSilent' },
    })
  })

  it('hangs up and unregisters when its page goes away', async () => {
    const t = await open()
    const call = await ring(t)
    await call.answer()
    await until('sound at the caller', () => call.heard.firstAt)
    await t.page.goto('about:blank')
    await until('ended at the caller', () => call.leg.state.status === 'ended')
    await until('unregistered', () => t.line.contacts('2000').length === 0)
  })
})
