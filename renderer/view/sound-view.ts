// The sound of a call as a snapshot: how it is, through which devices it goes, and what can be changed of it.
import {
  chooseDevice,
  chooseHeadset,
  chooseProcessing,
  toHeadsets,
  toProcessing,
  toUsed,
} from '../../common/model/devices.ts'
import type {
  AudioDevice,
  PhoneState,
  QualityReason,
  SessionMedia,
  SoundProcessing,
} from '../../common/model/phone.ts'
import type { Settings } from '../../common/model/settings.ts'
import type { Phrase } from '../../common/words/placeholders.ts'
import { phrase, say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import { toPercent } from './format.ts'
import type { Tone } from './tone.ts'

export interface QualityView {
  word: string
  tone: Tone
  /** Lit bars of three. */
  bars: 1 | 2 | 3
  /** Nothing while it is good. */
  reason: string | undefined
}

const words: Record<'good' | 'fair' | 'poor', { word: Phrase; tone: Tone; bars: 1 | 2 | 3 }> = {
  good: { word: phrase('Good'), tone: 'good', bars: 3 },
  fair: { word: phrase('Fair'), tone: 'warn', bars: 2 },
  poor: { word: phrase('Poor'), tone: 'bad', bars: 1 },
}

export function toQuality(media: SessionMedia | undefined): QualityView | undefined {
  if (!media?.quality) return undefined
  const { word, tone, bars } = words[media.quality.word]
  const { reason } = media.quality
  return { word: say(word), tone, bars, reason: reason && toReason(reason, media) }
}

function toReason(reason: QualityReason, media: SessionMedia): string {
  const { lossIn = 0, lossOut = 0, roundTripMs } = media
  switch (reason) {
    case 'lossIn':
      return say('{share} of their sound is lost on its way here.', { share: toPercent(lossIn) })
    case 'lossOut':
      return say('{share} of your sound is lost on its way to them.', { share: toPercent(lossOut) })
    case 'jitter':
      return say('Their sound comes too unevenly to be played whole.')
    case 'delay':
      return roundTripMs === undefined
        ? say('Their sound takes long to get here.')
        : say('The way there and back takes {ms} ms.', { ms: Math.round(roundTripMs) })
    case 'noSoundIn':
      return say('Nothing arrives from the other side.')
    case 'noSoundOut':
      return say('Nothing of you reaches the other side.')
    case 'busy':
      return say('This machine is too busy to play it in time.')
  }
}

/** Which device speaks and hears, in one line. */
export interface DeviceLine {
  label: string
  /** A chosen one is not connected, or cannot be opened. */
  missing: string | undefined
}

export function toDeviceLine({ sound, microphone }: Pick<PhoneState, 'sound' | 'microphone'>): DeviceLine {
  const opened = microphone.status === 'open' ? microphone.label : ''
  const missing = sound?.microphone.missing ?? sound?.speaker.missing
  const refused =
    microphone.status === 'open' && microphone.refused
      ? sound?.microphone.label || say('Microphone')
      : sound?.speaker.refused
        ? sound.speaker.label || say('Speaker')
        : undefined
  return {
    label: toShort(opened || sound?.microphone.label || say('Devices of the system')),
    missing:
      missing === undefined
        ? refused
          ? say('{name} could not be opened', { name: toShort(refused) })
          : undefined
        : missing === ''
          ? say('The chosen device is not connected: the default of the system is used.')
          : say('{name} is not connected: the default of the system is used.', { name: toShort(missing) }),
  }
}

/** Chromium adds vendor and product to every name: `Headset (1234:abcd)`. */
export const toShort = (label: string): string => label.replace(/\s*\([0-9a-f]{4}:[0-9a-f]{4}\)$/i, '')

export interface ChoiceView {
  value: string
  options: { value: string; label: string }[]
  /** It is chosen and not there. */
  gone: boolean
  choose(value: string): void
}

export interface SoundChoices {
  /** Microphone and speaker of one device; nothing where there is none. */
  headset: ChoiceView | undefined
  microphone: ChoiceView
  speaker: ChoiceView
  ringer: ChoiceView
  switches: {
    name: keyof SoundProcessing
    label: string
    on: boolean
    told: string | undefined
    set(on: boolean): void
  }[]
}

const own = 'own'

export function toSoundChoices(
  settings: Pick<Settings, 'devices'>,
  { devices: there, microphone }: Pick<PhoneState, 'devices' | 'microphone'>,
  actions: Pick<Actions, 'change'>,
): SoundChoices {
  const { devices: chosen } = settings
  const change = (devices: Settings['devices']) => actions.change({ devices })
  const used = toUsed(chosen, there).microphone.id
  const processing = toProcessing(chosen, used)
  const real = microphone.status === 'open' ? microphone.processing : undefined
  return {
    headset: toHeadsetChoice(chosen, there, change),
    microphone: toChoice(chosen.microphone, there.inputs, (id) =>
      change(chooseDevice(chosen, 'microphone', id, there)),
    ),
    speaker: toChoice(chosen.speaker, there.outputs, (id) =>
      change(chooseDevice(chosen, 'speaker', id, there)),
    ),
    ringer: toChoice(chosen.ringer, there.outputs, (ringer) => change({ ...chosen, ringer })),
    switches: (['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const).map((name) => ({
      name,
      label: say(switchNames[name]),
      on: processing[name],
      told: real?.[name] === !processing[name] ? say('The browser does not follow this here.') : undefined,
      set: (on) => change(chooseProcessing(chosen, used, { [name]: on })),
    })),
  }
}

const switchNames: Record<keyof SoundProcessing, Phrase> = {
  echoCancellation: phrase('Echo cancellation'),
  noiseSuppression: phrase('Noise suppression'),
  autoGainControl: phrase('Automatic gain'),
}

function toHeadsetChoice(
  chosen: Settings['devices'],
  there: PhoneState['devices'],
  change: (devices: Settings['devices']) => void,
): ChoiceView | undefined {
  const headsets = toHeadsets(there)
  if (headsets.length === 0) return undefined
  const now = headsets.find(
    ({ microphone, speaker }) => microphone.id === chosen.microphone && speaker.id === chosen.speaker,
  )
  const isDefault = chosen.microphone === '' && chosen.speaker === ''
  return {
    value: now?.microphone.id ?? (isDefault ? '' : own),
    gone: false,
    options: [
      { value: '', label: say('System default') },
      ...headsets.map(({ name, microphone }) => ({ value: microphone.id, label: toShort(name) })),
      ...(now || isDefault ? [] : [{ value: own, label: say('One for each, as below') }]),
    ],
    choose(value) {
      if (value === own) return
      change(
        chooseHeadset(
          chosen,
          headsets.find(({ microphone }) => microphone.id === value),
          there,
        ),
      )
    },
  }
}

function toChoice(value: string, list: readonly AudioDevice[], choose: (id: string) => void): ChoiceView {
  const gone = value !== '' && !list.some((device) => device.id === value)
  return {
    value,
    gone,
    choose,
    options: [
      { value: '', label: say('System default') },
      ...list.map(({ id, label }) => ({ value: id, label: toShort(label) || say('Device without a name') })),
      ...(gone ? [{ value, label: say('Chosen device (not connected)') }] : []),
    ],
  }
}
