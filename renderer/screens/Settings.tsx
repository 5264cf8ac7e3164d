// Settings: who and where, the extension, the devices, language and voice, the way to the edge, appearance.
import { useCallback, useEffect, useState } from 'react'
import { phrase, say } from '../../common/words/say.ts'
import { goToPart, SettingsIndex } from '../components/SettingsIndex.tsx'
import { SettingsParts } from '../components/SettingsSection.tsx'
import { useCompanion, useUi } from '../state/companion.tsx'
import { AccessKeysSection } from './settings/AccessKeysSection.tsx'
import { AccountSection } from './settings/AccountSection.tsx'
import { AppearanceSection } from './settings/AppearanceSection.tsx'
import { BeyondSection } from './settings/BeyondSection.tsx'
import { CertificatesSection } from './settings/CertificatesSection.tsx'
import { DevicesSection } from './settings/DevicesSection.tsx'
import { EnvironmentSection } from './settings/EnvironmentSection.tsx'
import { EventsSection } from './settings/EventsSection.tsx'
import { ExtensionSection } from './settings/ExtensionSection.tsx'
import { HistorySection } from './settings/HistorySection.tsx'
import { NetworkSection } from './settings/NetworkSection.tsx'
import { NumbersSection } from './settings/NumbersSection.tsx'
import { PhrasesSection } from './settings/PhrasesSection.tsx'
import { ProfilesSection } from './settings/ProfilesSection.tsx'
import { ReadingSection } from './settings/ReadingSection.tsx'
import { RingingSection } from './settings/RingingSection.tsx'
import { VoiceSection } from './settings/VoiceSection.tsx'

/** In this order, on the page and in its index; a part may be absent, as access keys are before a sign-in. */
const parts = [
  [phrase('Account'), AccountSection],
  [phrase('Profiles'), ProfilesSection],
  [phrase('Environment'), EnvironmentSection],
  [phrase('Extension'), ExtensionSection],
  [phrase('Numbers'), NumbersSection],
  [phrase('Devices'), DevicesSection],
  [phrase('Ringing'), RingingSection],
  [phrase('Keys and links'), BeyondSection],
  [phrase('Language and voice'), VoiceSection],
  [phrase('Phrases'), PhrasesSection],
  [phrase('Access keys'), AccessKeysSection],
  [phrase('Network'), NetworkSection],
  [phrase('Certificates'), CertificatesSection],
  [phrase('Events & webhooks'), EventsSection],
  [phrase('History'), HistorySection],
  [phrase('Reading'), ReadingSection],
  [phrase('Appearance'), AppearanceSection],
] as const

/** Their names in English, by which they are found; `say` them to show them. */
export const settingsTitles: readonly string[] = parts.map(([{ text }]) => text)

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
        <h1>{say('Settings')}</h1>
        <SettingsIndex titles={settingsTitles.filter((title) => present.includes(title))} />
      </header>
      <SettingsParts value={add}>
        {parts.map(([{ text }, Part]) => (
          <Part key={text} />
        ))}
      </SettingsParts>
    </div>
  )
}
