// Settings: the language of the transcript, and the voice of typed text.
import { Choice } from '../../components/Choice.tsx'
import { Field } from '../../components/Field.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { TextSetting } from '../../components/TextSetting.tsx'
import { useActions, useApp } from '../../state/companion.tsx'
import { checkText } from '../../view/settings-view.ts'

const providers = [
  { value: '', label: 'Chosen by the platform' },
  { value: 'elevenlabs', label: 'ElevenLabs' },
  { value: 'gcp', label: 'Google Cloud' },
  { value: 'aws', label: 'Amazon Web Services' },
]

export function VoiceSection() {
  const { settings } = useApp()
  const actions = useActions()
  const { voice } = settings
  return (
    <SettingsSection title="Language and voice" text="What is listened for, and who speaks your typed text.">
      <TextSetting
        label="Language"
        value={settings.language}
        help="Such as en-US, de-DE or ko-KR"
        check={(text) => checkText('language', text)}
        save={(language) => actions.change({ language })}
      />
      <div className="pair">
        <Field label="Voice provider">
          {(ids) => (
            <Choice
              {...ids}
              value={voice.provider}
              options={providers}
              onChoose={(provider) =>
                actions.change({ voice: { ...voice, provider: provider as typeof voice.provider } })
              }
            />
          )}
        </Field>
        <TextSetting
          label="Voice id"
          value={voice.voiceId}
          help="Empty: the provider’s own choice"
          check={() => undefined}
          save={(voiceId) => actions.change({ voice: { ...voice, voiceId } })}
        />
      </div>
      <TextSetting
        label="Sentence of the quickstart"
        value={settings.sayText}
        help="Typed and spoken in the step “Say typed text”"
        check={(text) => checkText('sayText', text)}
        save={(sayText) => actions.change({ sayText })}
      />
    </SettingsSection>
  )
}
