// Settings: who and where, the extension, the devices, language and voice, the way to the edge, appearance.
import { useCallback, useEffect, useState } from 'react'
import { goToPart, SettingsIndex } from '../components/SettingsIndex.tsx'
import { SettingsParts } from '../components/SettingsSection.tsx'
import { useCompanion, useUi } from '../state/companion.tsx'
import { AccessKeysSection } from './settings/AccessKeysSection.tsx'
import { AccountSection } from './settings/AccountSection.tsx'
import { AppearanceSection } from './settings/AppearanceSection.tsx'
import { CertificatesSection } from './settings/CertificatesSection.tsx'
import { DevicesSection } from './settings/DevicesSection.tsx'
import { EnvironmentSection } from './settings/EnvironmentSection.tsx'
import { EventsSection } from './settings/EventsSection.tsx'
import { ExtensionSection } from './settings/ExtensionSection.tsx'
import { HistorySection } from './settings/HistorySection.tsx'
import { NetworkSection } from './settings/NetworkSection.tsx'
import { NumbersSection } from './settings/NumbersSection.tsx'
import { ProfilesSection } from './settings/ProfilesSection.tsx'
import { RingingSection } from './settings/RingingSection.tsx'
import { VoiceSection } from './settings/VoiceSection.tsx'

/** In this order, on the page and in its index; a part may be absent, as access keys are before a sign-in. */
const parts = [
  ['Account', AccountSection],
  ['Profiles', ProfilesSection],
  ['Environment', EnvironmentSection],
  ['Extension', ExtensionSection],
  ['Numbers', NumbersSection],
  ['Devices', DevicesSection],
  ['Ringing', RingingSection],
  ['Language and voice', VoiceSection],
  ['Access keys', AccessKeysSection],
  ['Network', NetworkSection],
  ['Certificates', CertificatesSection],
  ['Events & webhooks', EventsSection],
  ['History', HistorySection],
  ['Appearance', AppearanceSection],
] as const

export const settingsTitles: readonly string[] = parts.map(([title]) => title)

export function Settings() {
  const { ui } = useCompanion()
  const wanted = useUi((one) => one.settingsPart)
  const [present, setPresent] = useState<readonly string[]>([])
  const add = useCallback((title: string) => {
    setPresent((titles) => [...titles, title])
    return () => setPresent((titles) => titles.filter((one) => one !== title))
  }, [])
  useEffect(() => {
    if (wanted === undefined) return
    goToPart(wanted)
    ui.setState({ settingsPart: undefined })
  }, [wanted, ui])
  return (
    <div className="screen settings">
      <header>
        <h1>Settings</h1>
        <SettingsIndex titles={parts.map(([title]) => title).filter((title) => present.includes(title))} />
      </header>
      <SettingsParts value={add}>
        {parts.map(([title, Part]) => (
          <Part key={title} />
        ))}
      </SettingsParts>
    </div>
  )
}
