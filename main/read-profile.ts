// A profile of the person's settings for a run without a window: its server and the way there, nothing that is kept.
import type { ProfileSettings } from '../common/model/settings.ts'
import { findProfile } from './settings/find-profile.ts'
import { readStoredSettings, toSettingsFile } from './settings/settings-file.ts'
import { toShown } from './settings/stored.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** Throws `profile.unknown`. Its extension is left out: a run makes one of its own, and removes it afterwards. */
export function readProfile(name: string, dataDir: string): ProfileSettings {
  const stored = readStoredSettings(toSettingsFile(dataDir), { log: silent }, 'read only')
  const { id } = findProfile(toShown(stored), name)
  const profile = stored.profiles.find((one) => one.id === id)
  if (!profile) throw new Error('a shown profile is stored')
  return { ...profile.settings, extension: '' }
}
