// What was chosen of the sound devices against what is plugged in, and what is remembered of each group. Pure.
import type { AudioDevice, PhoneState, SoundProcessing, UsedDevice } from './phone.ts'
import type { DeviceGroup, Settings } from './settings.ts'

type Chosen = Settings['devices']
type There = PhoneState['devices']

const usual: SoundProcessing = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
const mostGroups = 20

/** The switches of this microphone, as they were left; all on for one that nobody has changed. */
export function toProcessing({ groups }: Pick<Chosen, 'groups'>, microphone: string): SoundProcessing {
  const { echoCancellation, noiseSuppression, autoGainControl } =
    groups.find((one) => one.microphone === microphone) ?? usual
  return { echoCancellation, noiseSuppression, autoGainControl }
}

export interface UsedDevices {
  microphone: UsedDevice
  speaker: UsedDevice
  ringer: UsedDevice
}

/** What of the chosen is there; the rest falls to the default of the system, and is named as missing. */
export function toUsed(chosen: Chosen, there: There): UsedDevices {
  const { names } = chosen
  return {
    microphone: toOne(chosen.microphone, there.inputs, names.microphone),
    speaker: toOne(chosen.speaker, there.outputs, names.speaker),
    ringer: toOne(chosen.ringer, there.outputs, ''),
  }
}

function toOne(id: string, list: readonly AudioDevice[], name: string): UsedDevice {
  if (id === '') return { id, label: '' }
  const found = list.find((one) => one.id === id)
  if (found) return { id, label: found.label }
  // Nothing is known of any device yet: whoever opens it will see.
  if (list.length === 0) return { id, label: name }
  return { id: '', label: '', missing: name }
}

/** A microphone with the speaker of the same device. */
export interface HeadsetChoice {
  name: string
  microphone: AudioDevice
  speaker: AudioDevice
}

/** Devices with a microphone and a speaker: what can be chosen all at once. */
export function toHeadsets({ inputs, outputs }: There): HeadsetChoice[] {
  return inputs.flatMap((microphone) => {
    const speaker = outputs.find(({ groupId }) => groupId !== '' && groupId === microphone.groupId)
    return speaker ? [{ name: microphone.label, microphone, speaker }] : []
  })
}

/** Both at once; with the speaker that was used with this microphone last, where it is there. */
export function chooseHeadset(chosen: Chosen, headset: HeadsetChoice | undefined, there: There): Chosen {
  if (!headset) return { ...chosen, microphone: '', speaker: '', names: { microphone: '', speaker: '' } }
  const { microphone } = headset
  const remembered = chosen.groups.find((one) => one.microphone === microphone.id)?.speaker
  const speaker = there.outputs.find(({ id }) => id === remembered) ?? headset.speaker
  const names = { microphone: microphone.label, speaker: speaker.label }
  return remember({ ...chosen, microphone: microphone.id, speaker: speaker.id, names })
}

/** One kind alone. */
export function chooseDevice(
  chosen: Chosen,
  kind: 'microphone' | 'speaker',
  id: string,
  there: There,
): Chosen {
  const list = kind === 'microphone' ? there.inputs : there.outputs
  const names = { ...chosen.names, [kind]: list.find((one) => one.id === id)?.label ?? '' }
  return remember({ ...chosen, [kind]: id, names })
}

/** The switches of the microphone in use. */
export function chooseProcessing(
  chosen: Chosen,
  microphone: string,
  change: Partial<SoundProcessing>,
): Chosen {
  const speaker = chosen.groups.find((one) => one.microphone === microphone)?.speaker ?? chosen.speaker
  const group = { ...toProcessing(chosen, microphone), ...change, microphone, speaker }
  return { ...chosen, groups: toFront(chosen.groups, group) }
}

function remember(chosen: Chosen): Chosen {
  const { microphone, speaker } = chosen
  if (microphone === '') return chosen
  const group = { ...toProcessing(chosen, microphone), microphone, speaker }
  return { ...chosen, groups: toFront(chosen.groups, group) }
}

const toFront = (groups: readonly DeviceGroup[], group: DeviceGroup): DeviceGroup[] =>
  [group, ...groups.filter((one) => one.microphone !== group.microphone)].slice(0, mostGroups)
