// Settings: the language of the transcript, the voice of typed text, who hears it, and what may cut it off.
import { Switch } from '@radix-ui/themes'
import { SpeakVoice } from '../../../common/model/speaking.ts'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { Field } from '../../components/Field.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { TextSetting } from '../../components/TextSetting.tsx'
import { useActions, useApp } from '../../state/companion.tsx'
import { toHeardBy } from '../../view/on-air-view.ts'
import { checkText } from '../../view/settings-view.ts'
import {
  heardBys,
  providers,
  toHeardByName,
  toProviderChoice,
  toProviderName,
} from '../../view/voice-view.ts'

export function VoiceSection() {
  const { settings } = useApp()
  const actions = useActions()
  const { voice } = settings
  const change = (patch: Partial<typeof voice>) => actions.change({ voice: { ...voice, ...patch } })
  return (
    <SettingsSection
      title="Language and voice"
      text={say('What is listened for, and who speaks your typed text.')}
    >
      <div className="pair">
        <TextSetting
          label={say('Language')}
          value={settings.language}
          help={say('Such as en-US, de-DE or ko-KR')}
          check={(text) => checkText('language', text)}
          save={(language) => actions.change({ language })}
        />
        <TextSetting
          label={say('Language of typed text')}
          value={voice.language}
          help={say('Empty: the same')}
          check={(text) => (text === '' ? undefined : checkText('language', text))}
          save={(language) => change({ language })}
        />
      </div>
      <div className="pair">
        <Field label={say('Voice provider')}>
          {(ids) => (
            <Choice
              {...ids}
              value={voice.provider}
              options={providers.map((value) => ({ value, label: toProviderName(value) }))}
              onChoose={(provider) => change(toProviderChoice(provider))}
            />
          )}
        </Field>
        <TextSetting
          label={say('Voice id')}
          value={voice.voiceId}
          help={say('Empty: the provider’s own choice')}
          check={() => undefined}
          save={(voiceId) => change({ voiceId })}
        />
      </div>
      <Field label={say('Who hears typed text')} help={toHeardBy(voice.heardBy)}>
        {(ids) => (
          <Choice
            {...ids}
            value={voice.heardBy}
            options={heardBys.map((value) => ({ value, label: toHeardByName(value) }))}
            onChoose={(heardBy) => change({ heardBy: SpeakVoice.shape.heardBy.parse(heardBy) })}
          />
        )}
      </Field>
      <Interrupting />
      <TextSetting
        label={say('Sentence of the quickstart')}
        value={settings.sayText}
        help={say('Typed and spoken in the step “Say typed text”')}
        check={(text) => checkText('sayText', text)}
        save={(sayText) => actions.change({ sayText })}
      />
    </SettingsSection>
  )
}

const undoSeconds = [0, 2, 3, 5, 10]

/** How a text is taken back, and who may cut it off. */
function Interrupting() {
  const { settings } = useApp()
  const actions = useActions()
  return (
    <>
      <Field
        label={say('Fall silent when the other side speaks')}
        help={say(
          'What was not said waits to be said again. Speech is known by its words, so it takes a moment.',
        )}
      >
        {(ids) => (
          <Switch
            {...ids}
            checked={settings.bargeIn}
            onCheckedChange={(bargeIn) => actions.change({ bargeIn })}
          />
        )}
      </Field>
      <Field
        label={say('Taking back a typed text')}
        help={say('A text that waits for others can always be changed or taken back.')}
      >
        {(ids) => (
          <Choice
            {...ids}
            value={String(settings.undoMs / 1_000)}
            options={undoSeconds.map((seconds) => ({
              value: String(seconds),
              label:
                seconds === 0
                  ? say('It goes out at once')
                  : say('It goes out after {seconds, number} s', { seconds }),
            }))}
            onChoose={(seconds) => actions.change({ undoMs: Number(seconds) * 1_000 })}
          />
        )}
      </Field>
    </>
  )
}
