// Settings: who and where, the extension, the devices, language and voice, the way to the edge, appearance.
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

export function Settings() {
  return (
    <div className="screen settings">
      <h1>Settings</h1>
      <ProfilesSection />
      <AccountSection />
      <AccessKeysSection />
      <EnvironmentSection />
      <ExtensionSection />
      <NumbersSection />
      <DevicesSection />
      <RingingSection />
      <VoiceSection />
      <NetworkSection />
      <CertificatesSection />
      <EventsSection />
      <HistorySection />
      <AppearanceSection />
    </div>
  )
}
