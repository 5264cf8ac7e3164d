// The voice of typed text in this call: which it is, who hears it, and how this call alone gets another one.
import type { AppState } from '../../common/model/app-state.ts'
import { Provider, type Speaking, type SpeakVoice, type VoiceChoice } from '../../common/model/speaking.ts'
import { say } from '../../common/words/say.ts'
import type { Actions } from './actions.ts'
import { toHearers } from './on-air-view.ts'

export interface VoiceView {
  /** `en-US · ElevenLabs`. */
  label: string
  /** Who hears it, in a sentence. */
  hearers: string
  now: SpeakVoice
  /** Something differs from the profile. */
  chosen: boolean
  /** Nobody else is in this call, so who hears it cannot be chosen. */
  alone: boolean
  choose: (choice: VoiceChoice) => void
  asProfile: () => void
}

export const toProviderName = (provider: SpeakVoice['provider']): string =>
  ({
    '': say('Chosen by the platform'),
    elevenlabs: 'ElevenLabs',
    gcp: 'Google Cloud',
    aws: 'Amazon Web Services',
  })[provider]

export const providers: readonly SpeakVoice['provider'][] = ['', 'elevenlabs', 'gcp', 'aws']

/** A voice id belongs to one provider (contract C.6 item 9). */
export const toProviderChoice = (provider: string) => ({
  provider: Provider.parse(provider),
  voiceId: '',
})

export const toHeardByName = (heardBy: SpeakVoice['heardBy']): string =>
  ({
    both: say('You and the other side'),
    them: say('Only the other side'),
    you: say('Only you'),
  })[heardBy]

export const heardBys: readonly SpeakVoice['heardBy'][] = ['both', 'them', 'you']

export function toVoice(
  { voice, language }: AppState['settings'],
  speaking: Speaking | undefined,
  callId: string,
  actions: Actions,
): VoiceView {
  const now: SpeakVoice = speaking?.voice ?? { ...voice, language: voice.language || language }
  const alone = speaking?.alone === true
  return {
    label: [now.language, now.provider && toProviderName(now.provider), now.voiceId]
      .filter(Boolean)
      .join(' · '),
    hearers: toHearers({ voice: now, ...(alone ? { alone } : {}) }),
    now,
    chosen: Object.values(speaking?.chosen ?? {}).some((one) => one !== undefined),
    alone,
    choose: (choice) => void actions.ask('speaking.choose', { callId, voice: choice }),
    asProfile: () => void actions.ask('speaking.choose', { callId, voice: null }),
  }
}
