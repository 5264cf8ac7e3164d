// The sound of a call, rows of keys and the buttons of a headset as snapshots.
import { describe, expect, it } from 'vitest'
import type { Headset, PhoneState, SessionMedia } from '../../../common/model/phone.ts'
import { defaultSettings } from '../../../common/model/settings.ts'
import * as p from '../../../renderer/gallery/people.ts'
import { toHeadset } from '../../../renderer/view/headset-view.ts'
import { toKeys, toKeysText, whyNotKeys } from '../../../renderer/view/keys-view.ts'
import { toDeviceLine, toQuality, toShort, toSoundChoices } from '../../../renderer/view/sound-view.ts'
import { rememberActions } from '../../support/screen-fixtures.ts'

const media = (more: Partial<SessionMedia>): SessionMedia => ({
  ...(p.aSession().media as SessionMedia),
  ...more,
})

describe('the quality of a call', () => {
  it('is not shown before it is known, and good needs no reason', () => {
    expect(toQuality(undefined)).toBeUndefined()
    expect(toQuality(media({}))).toBeUndefined()
    expect(toQuality(media({ quality: { word: 'good' } }))).toEqual({
      word: 'Good',
      tone: 'good',
      bars: 3,
      reason: undefined,
    })
  })

  it('has a sentence for each reason, with its figure where there is one', () => {
    const reason = (quality: SessionMedia['quality'], more: Partial<SessionMedia> = {}) =>
      toQuality(media({ ...more, quality }))?.reason
    expect(reason({ word: 'fair', reason: 'lossIn' }, { lossIn: 0.041 })).toContain('4 %')
    expect(reason({ word: 'fair', reason: 'lossOut' }, { lossOut: 0.2 })).toContain('20 %')
    expect(reason({ word: 'poor', reason: 'delay' }, { roundTripMs: 640 })).toContain('640 ms')
    const others = ['jitter', 'noSoundIn', 'noSoundOut', 'busy'] as const
    const said = others.map((one) => reason({ word: 'poor', reason: one }))
    expect(new Set(said).size).toBe(4)
    expect(said).not.toContain(undefined)
  })
})

describe('the line of devices', () => {
  const line = (more: Partial<PhoneState>) => toDeviceLine({ ...p.registeredPhone, ...more })

  it('names the microphone that is open, without the numbers of its maker', () => {
    expect(line({ microphone: { status: 'open', label: 'Headset (0b0e:030c)' } }).label).toBe('Headset')
    expect(toShort('Headset (Bluetooth)')).toBe('Headset (Bluetooth)')
    expect(line({ microphone: { status: 'closed' } }).label).toBe('Devices of the system')
  })

  it('says which chosen one could not be opened while another one speaks', () => {
    const sound = { microphone: { id: 'h', label: 'Headset (0b0e:030c)' }, speaker: { id: '', label: '' } }
    const open = { status: 'open', label: 'Built in' } as const
    expect(line({ sound, microphone: { ...open, refused: true } })).toEqual({
      label: 'Built in',
      missing: 'Headset could not be opened',
    })
    expect(line({ sound, microphone: open }).missing).toBeUndefined()
    const speaker = { id: 's', label: 'Speakers', refused: true }
    expect(line({ sound: { ...sound, speaker }, microphone: open }).missing).toBe(
      'Speakers could not be opened',
    )
  })

  it('says which chosen one is missing, by its name where that is known', () => {
    const speaker = { id: '', label: '' }
    const missing = (name: string) =>
      line({ sound: { microphone: { id: '', label: '', missing: name }, speaker } }).missing
    expect(missing('Headset (0b0e:030c)')).toBe(
      'Headset is not connected: the default of the system is used.',
    )
    expect(missing('')).toContain('The chosen device is not connected')
    expect(line({ sound: { microphone: speaker, speaker } }).missing).toBeUndefined()
  })
})

describe('what can be chosen', () => {
  const there: PhoneState['devices'] = {
    inputs: [{ id: 'h-in', label: 'Headset', groupId: 'h' }],
    outputs: [{ id: 'h-out', label: 'Headset', groupId: 'h' }],
  }
  const view = (devices = defaultSettings.devices, more: Partial<PhoneState> = {}) => {
    const { actions, calls } = rememberActions()
    const phone = { ...p.registeredPhone, devices: there, ...more }
    return { ...toSoundChoices({ devices }, phone, actions), calls }
  }

  it('is all at once, or one by one', () => {
    const t = view()
    expect(t.headset?.value).toBe('')
    t.headset?.choose('h-in')
    t.speaker.choose('h-out')
    expect(t.calls).toMatchObject([
      ['change', { devices: { microphone: 'h-in', speaker: 'h-out' } }],
      ['change', { devices: { microphone: '', speaker: 'h-out' } }],
    ])
    const mixed = view({ ...defaultSettings.devices, microphone: 'h-in' })
    expect(mixed.headset?.options.find(({ value }) => value === mixed.headset?.value)?.label).toContain(
      'One for each',
    )
    mixed.headset?.choose(mixed.headset.value)
    expect(mixed.calls).toEqual([])
  })

  it('offers no headset where no device has both', () => {
    expect(view(undefined, { devices: { ...there, outputs: [] } }).headset).toBeUndefined()
  })

  it('shows a chosen device that is gone', () => {
    const t = view({ ...defaultSettings.devices, microphone: 'gone' })
    expect(t.microphone.gone).toBe(true)
    expect(t.microphone.options.at(-1)).toEqual({ value: 'gone', label: 'Chosen device (not connected)' })
  })

  it('changes the switches of the microphone in use, and tells when the browser does not follow', () => {
    const real = { echoCancellation: false, noiseSuppression: true, autoGainControl: true }
    const t = view(undefined, { microphone: { status: 'open', label: 'x', processing: real } })
    expect(t.switches.map(({ on, told }) => [on, told !== undefined])).toEqual([
      [true, true],
      [true, false],
      [true, false],
    ])
    t.switches[1]?.set(false)
    expect(t.calls).toMatchObject([
      ['change', { devices: { groups: [{ microphone: '', noiseSuppression: false }] } }],
    ])
  })
})

describe('a row of keys', () => {
  it('may hold what the phone understands', () => {
    expect(whyNotKeys('4711,,0042#;1 (2)')).toBeUndefined()
    expect(toKeysText('(47) 11.p1')).toBe('4711p1')
    expect(whyNotKeys('47x')).toContain('Only digits')
    expect(whyNotKeys('1'.repeat(129))).toContain('128')
  })

  it('can be gone on with only while it waits, and stopped while it is on its way', () => {
    const { actions, calls } = rememberActions()
    const keys = (status: 'sending' | 'waiting') => toKeys(p.aSession({ keys: { status, left: 1 } }), actions)
    expect(keys('sending').goOn).toBeUndefined()
    keys('waiting').goOn?.()
    keys('sending').stop?.()
    expect(calls.map(([name]) => name)).toEqual(['goOnKeys', 'stopKeys'])
    expect(keys('waiting').text).toBe('Waits for you with 1 key.')
    expect(toKeys(p.aSession(), actions)).toMatchObject({ text: '', goOn: undefined, stop: undefined })
    expect(toKeys(p.aSession({ status: 'answering' }), actions).press).toBeUndefined()
  })
})

describe('the buttons of a headset', () => {
  const has = { hook: true, mute: true, ringLight: true, muteLight: true }
  it.each<[Headset, boolean, boolean]>([
    [{ status: 'unavailable' }, false, false],
    [{ status: 'none' }, true, false],
    [{ status: 'connecting' }, false, false],
    [{ status: 'connected', name: 'H', has }, false, true],
    [{ status: 'away', name: 'H' }, true, true],
    [{ status: 'failed', name: 'H', why: 'busy' }, true, true],
  ])('%j can be connected: %s, forgotten: %s', (headset, connect, forget) => {
    const view = toHeadset({ headset }, rememberActions().actions)
    expect([view.connect !== undefined, view.forget !== undefined]).toEqual([connect, forget])
    expect(view.text).not.toBe('')
  })

  it('are told as far as this headset has them', () => {
    const help = (more: Partial<typeof has>) =>
      toHeadset(
        { headset: { status: 'connected', name: 'H', has: { ...has, ...more } } },
        rememberActions().actions,
      ).help
    const all = [
      {},
      { muteLight: false },
      { mute: false },
      { hook: false },
      { hook: false, mute: false },
    ].map(help)
    expect(new Set(all).size).toBe(5)
  })
})
