// A change of the settings and what follows from it: another server ends the sign-in, another edge registers anew.
import type { Settings } from '../common/model/settings.ts'
import type { Host } from './host.ts'
import type { SettingsFeature } from './settings/settings.ts'

export interface ChangeParts {
  settings: SettingsFeature
  trustPins: Host['trustPins']
  /** Signs out without forgetting the credential. */
  leaveServer(): Promise<void>
  leaveExtension(): Promise<void>
  /** Registers again, if registered. */
  renew(): Promise<void>
}

const serverNames = ['environment', 'apiUrl', 'baseDomain', 'dialect'] as const
const phoneNames = ['edgeUrl', 'iceServers', 'secondCall', 'pins'] as const

export function createChangeSettings(parts: ChangeParts) {
  return async (patch: Partial<Settings>): Promise<void> => {
    const before = parts.settings.current()
    const differs = (names: ReadonlyArray<keyof Settings>) =>
      names.some(
        (name) => patch[name] !== undefined && JSON.stringify(patch[name]) !== JSON.stringify(before[name]),
      )
    const renew = differs(phoneNames)
    if (differs(serverNames)) await parts.leaveServer()
    else if (differs(['extension'])) await parts.leaveExtension()
    const after = await parts.settings.change(patch)
    parts.trustPins(after.pins)
    if (renew) await parts.renew()
  }
}
