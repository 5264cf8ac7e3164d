// What others may ask of the settings.
import type { ErrorData } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { Settings } from '../../common/model/settings.ts'

export interface SettingsFeature {
  current(): Settings
  /** Applies at once and saves; resolves when it is on disk, or known not to be (then there is a notice). */
  change(patch: Partial<Settings>): Promise<Settings>
}

export interface SettingsDeps {
  dataDir: string
  log: Log
  /** Called with every new value, also once at the start. */
  set?(settings: Settings): void
  notice?(error: ErrorData): void
}
