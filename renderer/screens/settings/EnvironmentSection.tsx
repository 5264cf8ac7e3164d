// Settings: which VoIPBIN is used, and its addresses.
import { SegmentedControl } from '@radix-ui/themes'
import type { Practice } from '../../../common/model/app-state.ts'
import type { Environment } from '../../../common/model/settings.ts'
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
  return (
    <SettingsSection title="Environment" text="Which VoIPBIN server the companion works with.">
      <Field label="Server" help={environments.find((one) => one.value === settings.environment)?.text}>
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
            label="API address"
            value={settings.apiUrl}
            placeholder="https://api.example.com"
            help="Without /v1.0"
            check={(text) => checkText('apiUrl', text)}
            save={(apiUrl) => actions.change({ apiUrl })}
          />
          <TextSetting
            label="Base domain of the registrar"
            value={settings.baseDomain}
            placeholder="example.com"
            help="Empty: derived from the API address"
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
        <span className="field-label">Dialect</span>
        <SegmentedControl.Root
          size="2"
          className="fit"
          value={settings.dialect}
          aria-label="Dialect"
          onValueChange={(value) => actions.change({ dialect: value as 'documented' | 'deployed' })}
        >
          <SegmentedControl.Item value="deployed">As deployed</SegmentedControl.Item>
          <SegmentedControl.Item value="documented">As documented</SegmentedControl.Item>
        </SegmentedControl.Root>
        <p className="field-hint">How the practice platform answers. Both are worth a try.</p>
      </div>
      {practice.status === 'running' ? (
        <dl className="facts wide">
          <div>
            <dt>API</dt>
            <dd className="mono">{practice.apiUrl}</dd>
          </div>
          <div>
            <dt>Edge</dt>
            <dd className="mono">{practice.edgeUrl}</dd>
          </div>
          <div>
            <dt>Voice</dt>
            <dd>{practice.voice}</dd>
          </div>
          <div>
            <dt>Recogniser</dt>
            <dd>{practice.recogniser}</dd>
          </div>
        </dl>
      ) : null}
      {practice.status === 'failed' ? <ErrorNote error={practice.error} /> : null}
    </>
  )
}
