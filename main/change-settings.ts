// A change of the settings and what follows from it: another server ends the sign-in, another edge registers anew.
import type { Pin, Settings, TurnLogin } from '../common/model/settings.ts'
import type { SettingsFeature } from './settings/settings.ts'
import type { TurnPasswords } from './turn/turn-passwords.ts'

export interface ChangeSettings {
  change(patch: Partial<Settings>): Promise<void>
  keepTurnPassword(login: TurnLogin, password: string): Promise<void>
}

export interface ChangeParts {
  settings: SettingsFeature
  /** Throws `profile.inCall`: another server or extension would end a call, and nobody asked for that. */
  checkNoCall(): void
  turn: Pick<TurnPasswords, 'keep' | 'follow'>
  /** Signs out without forgetting the credential. */
  leaveServer(): Promise<void>
  leaveExtension(): Promise<void>
  /** Registers again, if registered; not while a call is up, which it would end. */
  renewPhone(): Promise<void>
  /** Certificates that were refused may be trusted now, or the other way round. */
  renewTrust(before: readonly Pin[], after: readonly Pin[]): Promise<void>
}

const serverNames = ['environment', 'apiUrl', 'baseDomain', 'dialect'] as const
const phoneNames = ['edgeUrl', 'iceServers', 'secondCall', 'pins', 'caFile'] as const

export function createChangeSettings(parts: ChangeParts): ChangeSettings {
  const { settings, turn } = parts
  return {
    async change(patch) {
      const before = settings.current()
      const differs = (names: ReadonlyArray<keyof Settings>) =>
        names.some(
          (name) => patch[name] !== undefined && JSON.stringify(patch[name]) !== JSON.stringify(before[name]),
        )
      const changed = {
        trust: differs(['pins', 'caFile']),
        phone: differs(phoneNames),
        ice: differs(['iceServers']),
      }
      if (differs([...serverNames, 'extension'])) parts.checkNoCall()
      if (differs(serverNames)) await parts.leaveServer()
      else if (differs(['extension'])) await parts.leaveExtension()
      const after = await settings.change(patch)
      if (changed.ice) await turn.follow(before.iceServers, after.iceServers)
      if (changed.phone) await parts.renewPhone()
      if (changed.trust) await parts.renewTrust(before.pins, after.pins)
    },
    async keepTurnPassword(login, password) {
      await turn.keep(login, password)
      const isListed = settings
        .current()
        .iceServers.some(({ urls, username }) => urls === login.urls && username === login.username)
      if (isListed) await parts.renewPhone()
    },
  }
}
