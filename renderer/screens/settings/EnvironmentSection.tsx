// Settings: which VoIPBIN is used, and its addresses.
import { SegmentedControl } from '@radix-ui/themes'
import type { Practice } from '../../../common/model/app-state.ts'
import type { Environment } from '../../../common/model/settings.ts'
import { say } from '../../../common/words/say.ts'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { Field } from '../../components/Field.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { TextSetting } from '../../components/TextSetting.tsx'
import { useActions, useApp } from '../../state/companion.tsx'
import { environments } from '../../view/quickstart-view.ts'
import { checkText } from '../../view/settings-view.ts'

export function EnvironmentSection() {
  const { settings, practice } = useApp()
  const actions = useActions()
  const help = environments.find((one) => one.value === settings.environment)?.text
  return (
    <SettingsSection title="Environment" text={say('Which VoIPBIN server the companion works with.')}>
      <Field label={say('Server')} help={help && say(help)}>
        {(ids) => (
          <Choice
            {...ids}
            value={settings.environment}
            options={environments.map(({ value, title }) => ({ value, label: title }))}
            onChoose={(value) => actions.change({ environment: value as Environment })}
          />
        )}
      </Field>
      {settings.environment === 'custom' ? (
        <div className="pair">
          <TextSetting
            label={say('API address')}
            value={settings.apiUrl}
            placeholder="https://api.example.com"
            help={say('Without /v1.0')}
            check={(text) => checkText('apiUrl', text)}
            save={(apiUrl) => actions.change({ apiUrl })}
          />
          <TextSetting
            label={say('Base domain of the registrar')}
            value={settings.baseDomain}
            placeholder="example.com"
            help={say('Empty: derived from the API address')}
            check={(text) => checkText('baseDomain', text)}
            save={(baseDomain) => actions.change({ baseDomain })}
          />
        </div>
      ) : null}
      {settings.environment === 'practice' ? <PracticeFields practice={practice} /> : null}
    </SettingsSection>
  )
}

function PracticeFields({ practice }: { practice: Practice }) {
  const { settings } = useApp()
  const actions = useActions()
  return (
    <>
      <div className="field">
        <span className="field-label">{say('Dialect')}</span>
        <SegmentedControl.Root
          size="2"
          className="fit"
          value={settings.dialect}
          aria-label={say('Dialect')}
          onValueChange={(value) => actions.change({ dialect: value as 'documented' | 'deployed' })}
        >
          <SegmentedControl.Item value="deployed">{say('As deployed')}</SegmentedControl.Item>
          <SegmentedControl.Item value="documented">{say('As documented')}</SegmentedControl.Item>
        </SegmentedControl.Root>
        <p className="field-hint">{say('How the practice platform answers. Both are worth a try.')}</p>
      </div>
      {practice.status === 'running' ? (
        <dl className="facts wide">
          <div>
            <dt>{say('API')}</dt>
            <dd className="mono">{practice.apiUrl}</dd>
          </div>
          <div>
            <dt>{say('Edge')}</dt>
            <dd className="mono">{practice.edgeUrl}</dd>
          </div>
          <div>
            <dt>{say('Voice')}</dt>
            <dd>{practice.voice}</dd>
          </div>
          <div>
            <dt>{say('Recogniser')}</dt>
            <dd>{practice.recogniser}</dd>
          </div>
        </dl>
      ) : null}
      {practice.status === 'failed' ? <ErrorNote error={practice.error} /> : null}
    </>
  )
}
