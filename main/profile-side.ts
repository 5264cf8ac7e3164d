// Profiles among the features: what stands in the way of another one, what each may have kept, what follows a change.
import { AppError, type ErrorData, toAppError } from '../common/kit/errors.ts'
import { toCredentialEntry } from './account/stored-credential.ts'
import type { InTurn } from './in-turn.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'
import { toAddresses } from './platform/addresses.ts'
import type { ProfileSecrets } from './profile/profile-secrets.ts'
import { createProfiles, type ProfilesFeature } from './profile/profiles.ts'
import { findProfile } from './settings/find-profile.ts'
import type { SettingsFeature } from './settings/settings.ts'
import { type TurnPasswords, toLogins, toTurnEntry } from './turn/turn-passwords.ts'

/** The profile that was asked for on the command line. A name that is none is told, and changes nothing. */
export function startWith(
  wanted: string | undefined,
  settings: SettingsFeature,
  notice: (error: ErrorData) => void,
): void {
  if (wanted === undefined) return
  try {
    void settings.enterProfile(findProfile(settings.profiles(), wanted).id)
  } catch (thrown) {
    notice(toAppError(thrown).toData())
  }
}

interface ProfileSideParts {
  settings: SettingsFeature
  secrets: Pick<ProfileSecrets, 'forgetAll'>
  mirror: PhoneMirror
  inTurn: InTurn
  dropSignIn(): void
  /** Leaves the server in use and forgets what was seen of it. */
  leave(): Promise<void>
  turn: Pick<TurnPasswords, 'look'>
  /** Signs in with what is kept, where something is, and makes the phone ready. */
  connect(): Promise<void>
}

export interface ProfileSide extends ProfilesFeature {
  /** Throws `profile.inCall`. */
  checkNoCall(): void
}

export function openProfiles(parts: ProfileSideParts): ProfileSide {
  const { settings, secrets, mirror } = parts
  const checkNoCall = () => {
    const { sessions } = mirror.store.getState()
    if (sessions.some(({ status }) => status !== 'ended')) throw new AppError('profile.inCall')
  }
  const profiles = createProfiles({
    settings,
    secrets,
    checkNoCall,
    namesOf: (own) => [
      ...toApiUrls(() => toAddresses({ ...settings.current(), ...own }).apiUrl).map(toCredentialEntry),
      ...toLogins(own.iceServers).map(toTurnEntry),
    ],
    inTurn: parts.inTurn,
    leave: parts.leave,
    dropSignIn: parts.dropSignIn,
    async entered() {
      await parts.turn.look()
      // Not awaited: a server that does not answer must not hold up the way back.
      void parts.connect()
    },
  })
  return { ...profiles, checkNoCall }
}

/** None where there is no address, or only that of a practice. */
function toApiUrls(read: () => string): string[] {
  try {
    return [read()]
  } catch {
    return []
  }
}
