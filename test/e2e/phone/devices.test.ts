// Devices that are changed, unplugged and plugged in again in mid-call, with real WebRTC. How long the caller hears nothing of
// it: measure-gaps.ts.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { chooseDevice, chooseProcessing } from '../../../common/model/devices.ts'
import { defaultSettings, type Settings } from '../../../common/model/settings.ts'
import { writeSound } from '../../bench/support/sound.ts'
import { type BareCall, phoneState, ring, startPhone, until } from '../../support/bare-call.ts'
import { type BarePhone, openBarePhone } from '../../support/bare-phone.ts'
import { plugIn, preparePlugs, unplug } from '../../support/page-devices.ts'

const browser = '/usr/bin/chromium'

describe.skipIf(!existsSync(browser))('devices in mid-call', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'devices-'))
  let bare: BarePhone | undefined
  afterEach(async () => {
    await bare?.close()
    bare = undefined
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const use = (devices: Settings['devices']) =>
    bare?.page.evaluate((next) => globalThis.bare.phone.useDevices(next), devices)
  const open = async () => {
    bare = await openBarePhone({ devices: 3, microphone: { wav: writeSound(folder, 'tone') } })
    await preparePlugs(bare.page)
    await startPhone(bare)
    await bare.page.evaluate(() => globalThis.bare.phone.warmUp())
    const t = bare
    const there = await until('devices', async () => {
      const { devices } = await phoneState(t)
      return devices.inputs.length >= 2 && devices.outputs.length >= 2 ? devices : undefined
    })
    return { ...t, there }
  }
  /** After the change the caller hears on. */
  const heardOn = async (heard: BareCall['heard'], change: () => unknown) => {
    await change()
    const from = heard.loud
    await until('sound after it', () => heard.loud > from + 25)
  }

  it('another microphone, its switches, unplugging and plugging in: the call goes on', async () => {
    const t = await open()
    const { inputs, outputs } = t.there
    const [, second] = inputs
    if (!second) throw new Error('too few microphones')
    const call = await ring(t)
    const { heard } = call
    await call.answer()
    await until('sound at the caller', () => call.heard.loud > 50)
    const label = async () => {
      const { microphone } = await phoneState(t)
      return microphone.status === 'open' ? microphone.label : microphone.status
    }

    const chosen = chooseDevice(defaultSettings.devices, 'microphone', second.id, t.there)
    await heardOn(heard, () => use(chosen))
    await until('the second one', async () => (await label()) === second.label)

    const switched = chooseProcessing(chosen, second.id, { noiseSuppression: false, echoCancellation: false })
    await heardOn(heard, () => use(switched))
    await until('the switches', async () => {
      const { microphone } = await phoneState(t)
      return microphone.status === 'open' && microphone.processing?.noiseSuppression === false
    })

    const onSpeaker = chooseDevice(switched, 'speaker', outputs.at(-1)?.id ?? '', t.there)
    await heardOn(heard, () => use(onSpeaker))

    await heardOn(heard, () => unplug(t.page, [second.id]))
    await until('the default', async () => (await label()) !== second.label)
    expect((await phoneState(t)).sound?.microphone).toEqual({ id: '', label: '', missing: second.label })
    expect((await call.session()).status).toBe('established')

    await heardOn(heard, () => plugIn(t.page, [second.id]))
    await until('taken again', async () => (await label()) === second.label)
    expect((await phoneState(t)).sound?.microphone).toEqual({ id: second.id, label: second.label })
    // Its switches came back with it.
    expect((await phoneState(t)).microphone).toMatchObject({ processing: { noiseSuppression: false } })
    await call.hangUp()
    expect(t.problems).toEqual([])
  })

  it('names loss when the way loses sound, and sees it go', async () => {
    const t = await open()
    const call = await ring(t)
    await call.answer()
    const media = async () => (await call.session()).media
    await until('a word', async () => (await media())?.quality)
    t.line.strings.loss.toPhone = 0.25
    await until('its loss', async () => ((await media())?.lossIn ?? 0) > 0.12)
    const bad = await until('another word', async () => {
      const quality = (await media())?.quality
      return quality && quality.word !== 'good' ? quality : undefined
    })
    expect(['lossIn', 'jitter']).toContain(bad.reason)
    t.line.strings.loss.toPhone = 0
    await until('no loss', async () => (await media())?.lossIn === 0)
    await call.hangUp()
  })
})
