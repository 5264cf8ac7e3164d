// What others may ask of the settings.
import type { ErrorData } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { Profiles } from '../../common/model/profile.ts'
import type { ProfileSettings, Settings } from '../../common/model/settings.ts'

export interface SettingsFeature {
  /** Flat: the shared ones and those of the profile in use. */
  current(): Settings
  /**
   * Applies at once and saves, server fields into the profile in use; resolves when it is on disk, or known not to be
   * (then there is a notice).
   */
  change(patch: Partial<Settings>): Promise<Settings>
  profiles(): Profiles
  /** This and the following throw `profile.unknown` for an id that is none. */
  settingsOf(id: string): ProfileSettings
  /** What the change means for sign-in and phone is not its affair. */
  enterProfile(id: string): Promise<void>
  /** Resolves with its id. Throws `app.inputInvalid` for a name that is none, or is taken. */
  addProfile(name: string, settings: Partial<ProfileSettings>): Promise<string>
  renameProfile(id: string, name: string): Promise<void>
  /** Throws `profile.last`. When it was in use, the first of the others is. */
  removeProfile(id: string): Promise<void>
}

export interface SettingsDeps {
  dataDir: string
  log: Log
  /** Called with every new value, also once at the start. */
  set?(settings: Settings, profiles: Profiles): void
  notice?(error: ErrorData): void
}
