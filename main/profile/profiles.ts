// The profiles of a person: another one in use means another server, so the sign-in is left and the kept one taken up.
import { AppError } from '../../common/kit/errors.ts'
import type { Profiles } from '../../common/model/profile.ts'
import type { ProfileSettings, Settings } from '../../common/model/settings.ts'
import type { ProfileSecrets } from './profile-secrets.ts'

export interface ProfilesFeature {
  /** Resolves when the sign-in of the new one is decided. Throws `profile.inCall`, and then nothing has changed. */
  use(id: string): Promise<void>
  add(name: string, environment: Settings['environment']): Promise<void>
  rename(id: string, name: string): Promise<void>
  remove(id: string): Promise<void>
}

/** Where the profiles are kept; throws `profile.unknown`, `profile.last`, and `app.inputInvalid` for a name. */
interface ProfileShelf {
  profiles(): Profiles
  settingsOf(id: string): ProfileSettings
  enterProfile(id: string): Promise<void>
  addProfile(name: string, settings: Partial<ProfileSettings>): Promise<string>
  renameProfile(id: string, name: string): Promise<void>
  removeProfile(id: string): Promise<void>
}

export interface ProfilesParts {
  settings: ProfileShelf
  /** With everything else that changes whose account it is. */
  inTurn(work: () => Promise<void>): Promise<void>
  secrets: Pick<ProfileSecrets, 'forgetAll'>
  /** Names of entries that profiles of before kept without a list. */
  namesOf(settings: ProfileSettings): string[]
  /** Throws `profile.inCall`. */
  checkNoCall(): void
  /** Signs out without forgetting the credential, and forgets whose records are shown. */
  leave(): Promise<void>
  /** Of a sign-in that began while the one before was left: it is on the wrong server. */
  dropSignIn(): void
  /** The profile in use is another one now. */
  entered(): Promise<void>
}

export function createProfiles(parts: ProfilesParts): ProfilesFeature {
  const { settings, inTurn } = parts
  const enter = async (change: () => Promise<unknown>) => {
    parts.checkNoCall()
    await parts.leave()
    const changing = change()
    parts.dropSignIn()
    await changing
    await parts.entered()
  }
  return {
    use: (id) =>
      inTurn(async () => {
        settings.settingsOf(id)
        if (id !== settings.profiles().now) await enter(() => settings.enterProfile(id))
      }),
    add: (name, environment) =>
      inTurn(async () => {
        // Before anything is made: a profile that cannot be used now would only lie about.
        parts.checkNoCall()
        const id = await settings.addProfile(name, { environment })
        await enter(() => settings.enterProfile(id))
      }),
    rename: (id, name) => inTurn(() => settings.renameProfile(id, name)),
    remove: (id) =>
      inTurn(async () => {
        const own = settings.settingsOf(id)
        const { now, list } = settings.profiles()
        if (list.length === 1) throw new AppError('profile.last')
        if (id === now) await enter(() => settings.removeProfile(id))
        else await settings.removeProfile(id)
        await parts.secrets.forgetAll(id, parts.namesOf(own))
      }),
  }
}
