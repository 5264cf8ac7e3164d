// The sound of a call and its devices: how it is, what is missing, the menu, rows of keys, the buttons of a headset.
import type { Headset, PhoneState, QualityReason, Session, SessionMedia } from '../../common/model/phone.ts'
import type { Settings } from '../../common/model/settings.ts'
import { lines } from './call-states.ts'
import * as p from './people.ts'
import { type GalleryState, state, withSettings } from './state.ts'

const headset = 'Jabra Evolve2 65 (0b0e:030c)'
const devices: PhoneState['devices'] = {
  inputs: [
    { id: 'mic-1', label: 'Built-in Microphone', groupId: 'a' },
    { id: 'mic-2', label: headset, groupId: 'b' },
  ],
  outputs: [
    { id: 'out-1', label: 'Built-in Speakers', groupId: 'a' },
    { id: 'out-2', label: headset, groupId: 'b' },
  ],
}
const chosen: Settings['devices'] = {
  microphone: 'mic-2',
  speaker: 'out-2',
  ringer: 'out-1',
  ringVolume: 0.7,
  names: { microphone: headset, speaker: headset },
  groups: [
    {
      microphone: 'mic-2',
      speaker: 'out-2',
      echoCancellation: false,
      noiseSuppression: true,
      autoGainControl: true,
    },
  ],
}
const wearing: Partial<PhoneState> = {
  devices,
  microphone: { status: 'open', label: headset },
  sound: { microphone: { id: 'mic-2', label: headset }, speaker: { id: 'out-2', label: headset } },
}
const gone: Partial<PhoneState> = {
  devices: { inputs: devices.inputs.slice(0, 1), outputs: devices.outputs.slice(0, 1) },
  microphone: { status: 'open', label: 'Built-in Microphone' },
  sound: {
    microphone: { id: '', label: '', missing: headset },
    speaker: { id: '', label: '', missing: headset },
  },
}
const app = withSettings(p.linkedApp, { devices: chosen })
const usual = p.aSession().media
const heard = (
  quality: NonNullable<SessionMedia['quality']>,
  more: Partial<SessionMedia> = {},
): Partial<Session> =>
  usual
    ? {
        media: {
          ...usual,
          lossIn: 0.002,
          lossOut: 0.01,
          jitterMs: 4,
          roundTripMs: 46,
          mos: 4.3,
          quality,
          ...more,
        },
      }
    : {}
const bad = (word: 'fair' | 'poor', reason: QualityReason, more: Partial<SessionMedia>) =>
  heard({ word, reason }, more)

const inCall = (
  id: string,
  says: string,
  session: Partial<Session>,
  more: { phone?: Partial<PhoneState>; ui?: GalleryState['ui'] } = {},
) =>
  state(id, says, {
    app,
    copy: lines,
    phone: { ...p.withSessions(p.aSession(session)), ...(more.phone ?? wearing) },
    ui: more.ui ?? {},
  })

const settings = (id: string, says: string, state_: Headset, phone: Partial<PhoneState> = wearing) =>
  state(id, says, {
    app: withSettings(p.signedInApp, { devices: chosen }),
    phone: { ...p.registeredPhone, ...phone, headset: state_ },
  })

export const soundStates: readonly GalleryState[] = [
  inCall('call-sound-good', 'A headset, and the sound is good', heard({ word: 'good' })),
  inCall('call-sound-fair', 'Some of their sound is lost', bad('fair', 'lossIn', { lossIn: 0.04, mos: 3.9 })),
  inCall('call-sound-poor', 'The way is too long', bad('poor', 'delay', { roundTripMs: 640, mos: 2.9 })),
  inCall('call-sound-silent', 'Nothing arrives', bad('poor', 'noSoundIn', { mos: 1 })),
  inCall('call-sound-gone', 'The headset was unplugged in mid-call', heard({ word: 'good' }), {
    phone: gone,
  }),
  inCall('call-sound-menu', 'The devices of the call', heard({ word: 'good' }), { ui: { panel: 'devices' } }),
  inCall('call-keys-typed', 'A row of keys was pasted', heard({ word: 'good' }), {
    ui: { panel: 'keypad', keys: '4711,,0042#;1' },
  }),
  inCall('call-keys-wrong', 'Not a row of keys', heard({ word: 'good' }), {
    ui: { panel: 'keypad', keys: '4711x' },
  }),
  inCall(
    'call-keys-waiting',
    'A row of keys waits for the person',
    { ...heard({ word: 'good' }), keys: { status: 'waiting', left: 5 } },
    { ui: { panel: 'keypad' } },
  ),
  settings('settings-headset', 'Buttons of a headset', {
    status: 'connected',
    name: 'Jabra Evolve2 65',
    has: { hook: true, mute: true, ringLight: true, muteLight: true },
  }),
  settings('settings-noheadset', 'No headset with buttons yet', { status: 'none' }),
  settings('settings-nohid', 'A browser without WebHID', { status: 'unavailable' }),
  settings(
    'settings-headsetaway',
    'The headset is unplugged',
    { status: 'away', name: 'Jabra Evolve2 65' },
    gone,
  ),
  settings('settings-headsetfailed', 'The headset cannot be opened', {
    status: 'failed',
    name: 'Jabra Evolve2 65',
    why: 'Failed to open the device.',
  }),
]
