// Which of the chosen sound devices are used, and what is remembered of each.
import { describe, expect, it } from 'vitest'
import {
  chooseDevice,
  chooseHeadset,
  chooseProcessing,
  toHeadsets,
  toProcessing,
  toUsed,
} from '../../../common/model/devices.ts'
import { defaultSettings, type Settings, SharedSettings } from '../../../common/model/settings.ts'

const device = (id: string, groupId: string, label = id) => ({ id, groupId, label })
const builtIn = {
  in: device('mic', 'machine', 'Built-in microphone'),
  out: device('box', 'machine', 'Built-in speakers'),
}
const headset = {
  in: device('h-in', 'headset', 'Headset'),
  out: device('h-out', 'headset', 'Headset earphones'),
}
const camera = device('cam', 'camera', 'Camera')
const all = { inputs: [builtIn.in, camera, headset.in], outputs: [builtIn.out, headset.out] }
const without = { inputs: [builtIn.in, camera], outputs: [builtIn.out] }
const fresh = defaultSettings.devices

const wearing = (from: Settings['devices'] = fresh) =>
  chooseHeadset(
    from,
    toHeadsets(all).find(({ name }) => name === 'Headset'),
    all,
  )

describe('a headset', () => {
  it('is a microphone and a speaker of one device; a camera is none', () => {
    expect(toHeadsets(all).map(({ name, speaker }) => [name, speaker.id])).toEqual([
      ['Built-in microphone', 'box'],
      ['Headset', 'h-out'],
    ])
  })

  it('is chosen all at once, falls to the default by its name when it goes, and is taken again when it comes', () => {
    const chosen = wearing()
    expect(toUsed(chosen, all)).toMatchObject({ microphone: { id: 'h-in' }, speaker: { id: 'h-out' } })
    const gone = toUsed(chosen, without)
    expect(gone.microphone).toEqual({ id: '', label: '', missing: 'Headset' })
    expect(gone.speaker).toEqual({ id: '', label: '', missing: 'Headset earphones' })
    expect(toUsed(chosen, all).microphone).toEqual({ id: 'h-in', label: 'Headset' })
  })

  it('comes back with the speaker that was used with its microphone last', () => {
    const mixed = chooseDevice(wearing(), 'speaker', 'box', all)
    expect(mixed).toMatchObject({ microphone: 'h-in', speaker: 'box' })
    const elsewhere = chooseHeadset(mixed, undefined, all)
    expect(elsewhere).toMatchObject({ microphone: '', speaker: '' })
    expect(wearing(elsewhere)).toMatchObject({ microphone: 'h-in', speaker: 'box' })
    // Where that is not there any more, with its own.
    const bare = { inputs: all.inputs, outputs: [headset.out] }
    expect(chooseHeadset(elsewhere, toHeadsets(all)[1], bare)).toMatchObject({ speaker: 'h-out' })
  })

  it('is looked for by opening it where no list of devices is there yet', () => {
    expect(toUsed(wearing(), { inputs: [], outputs: [] }).microphone).toEqual({
      id: 'h-in',
      label: 'Headset',
    })
  })
})

describe('the switches', () => {
  it('are all on at first, and are those of the microphone in use', () => {
    const chosen = chooseProcessing(wearing(), 'h-in', { echoCancellation: false })
    expect(toProcessing(chosen, 'h-in')).toEqual({
      echoCancellation: false,
      noiseSuppression: true,
      autoGainControl: true,
    })
    expect(toProcessing(chosen, '')).toMatchObject({ echoCancellation: true })
    expect(toProcessing(chosen, 'mic')).toMatchObject({ echoCancellation: true })
  })

  it('stay with their microphone while another one is used, also with the default of the system', () => {
    const one = chooseProcessing(fresh, '', { noiseSuppression: false })
    const two = chooseProcessing(wearing(one), 'h-in', { autoGainControl: false })
    const back = wearing(chooseDevice(two, 'microphone', 'mic', all))
    expect(toProcessing(back, 'h-in')).toMatchObject({ autoGainControl: false, noiseSuppression: true })
    expect(toProcessing(back, '')).toMatchObject({ noiseSuppression: false })
  })

  it('are kept for the last twenty microphones', () => {
    let chosen: Settings['devices'] = fresh
    for (let i = 0; i < 30; i++) chosen = chooseProcessing(chosen, `m${i}`, { echoCancellation: false })
    expect(chosen.groups).toHaveLength(20)
    expect(toProcessing(chosen, 'm29').echoCancellation).toBe(false)
    expect(SharedSettings.safeParse({ devices: chosen }).success).toBe(true)
  })
})

it('settings from before there were groups are read as they are', () => {
  const old = { devices: { microphone: 'a', speaker: 'b', ringer: 'c', ringVolume: 0.3 } }
  expect(SharedSettings.parse(old).devices).toEqual({
    ...old.devices,
    names: { microphone: '', speaker: '' },
    groups: [],
  })
})
