// Settings: keys that work everywhere, and links of other programs.
import { Switch, TextField } from '@radix-ui/themes'
import type { KeyboardEvent } from 'react'
import { say } from '../../../common/words/say.ts'
import { Field } from '../../components/Field.tsx'
import { SettingsSection } from '../../components/SettingsSection.tsx'
import { useActions, useAppPart } from '../../state/companion.tsx'
import { type GlobalKeyView, toBeyond, toGlobalKey } from '../../view/beyond-view.ts'

export function BeyondSection() {
  const view = toBeyond(useAppPart('settings', 'outside'), useActions())
  return (
    <SettingsSection
      title="Keys and links"
      text={say('What reaches the companion while another program is in front.')}
    >
      <Field label={say('Keys that work everywhere')} help={view.keysHelp}>
        {(ids) => (
          <Switch {...ids} checked={view.keysOn} disabled={!view.setKeys} onCheckedChange={view.setKeys} />
        )}
      </Field>
      {view.keys.map((one) => (
        <KeyField key={one.action} view={one} />
      ))}
      <Field label={say('Links that call somebody (tel:, sip:, callto:)')} help={view.linksHelp}>
        {(ids) => (
          <Switch {...ids} checked={view.linksOn} disabled={!view.setLinks} onCheckedChange={view.setLinks} />
        )}
      </Field>
    </SettingsSection>
  )
}

function KeyField({ view }: { view: GlobalKeyView }) {
  const onKeyDown = (event: KeyboardEvent) => {
    const key = toGlobalKey(event.nativeEvent)
    if (key === undefined) return
    // Here it is a wish, not the action that it may be in the window.
    event.preventDefault()
    event.stopPropagation()
    event.nativeEvent.stopImmediatePropagation()
    view.change(key)
  }
  return (
    <Field label={view.label} wrong={view.taken}>
      {(ids) => <TextField.Root {...ids} dir="ltr" value={view.key} readOnly onKeyDown={onKeyDown} />}
    </Field>
  )
}
