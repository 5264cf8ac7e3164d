// A change of the settings and what follows from it: another server ends the sign-in, another edge registers anew.
import { AppError } from '../common/kit/errors.ts'
import type { Settings, TurnLogin } from '../common/model/settings.ts'
import type { InTurn } from './in-turn.ts'
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
  /** With everything else that changes whose account it is. */
  inTurn: InTurn
  /** Signs out without forgetting the credential. */
  leaveServer(): Promise<void>
  /** Of a sign-in that began while the server before was left: it is on the wrong one. */
  dropSignIn(): void
  leaveExtension(): Promise<void>
  /** Registers again, if registered; not while a call is up, which it would end. */
  renewPhone(): Promise<void>
  /** Certificates that were refused may be trusted now, or the other way round. */
  renewTrust(before: Settings, after: Settings): Promise<void>
}

const serverNames = ['environment', 'apiUrl', 'baseDomain', 'dialect'] as const
const phoneNames = ['edgeUrl', 'iceServers', 'secondCall', 'pins', 'caFile'] as const

export function createChangeSettings(parts: ChangeParts): ChangeSettings {
  const { settings, turn } = parts
  const apply = async (patch: Partial<Settings>) => {
    const before = settings.current()
    return { before, after: await settings.change(patch) }
  }
  /** To another server or extension, of the profile that it was asked for. */
  const moveInTurn = (patch: Partial<Settings>) => {
    const asked = settings.profiles().now
    return parts.inTurn(async () => {
      if (settings.profiles().now !== asked)
        throw new AppError('app.stopped', { detail: 'another profile is in use' })
      parts.checkNoCall()
      const isServer = differs(settings.current(), patch, serverNames)
      await (isServer ? parts.leaveServer() : parts.leaveExtension())
      const applying = apply(patch)
      if (isServer) parts.dropSignIn()
      return applying
    })
  }
  return {
    async change(patch) {
      const isAnother = differs(settings.current(), patch, [...serverNames, 'extension'])
      const { before, after } = await (isAnother ? moveInTurn(patch) : apply(patch))
      const changed = {
        trust: differs(before, patch, ['pins', 'caFile']),
        phone: differs(before, patch, phoneNames),
        ice: differs(before, patch, ['iceServers']),
      }
      if (changed.ice) await turn.follow(before.iceServers, after.iceServers)
      if (changed.phone) await parts.renewPhone()
      if (changed.trust) await parts.renewTrust(before, after)
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

function differs(before: Settings, patch: Partial<Settings>, names: ReadonlyArray<keyof Settings>): boolean {
  return names.some(
    (name) => patch[name] !== undefined && JSON.stringify(patch[name]) !== JSON.stringify(before[name]),
  )
}
