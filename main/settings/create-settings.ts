// The settings as the program reads and changes them: flat, those of the profile in use beside the shared ones.
import { AppError } from '../../common/kit/errors.ts'
import { ProfileName } from '../../common/model/profile.ts'
import { ProfileSettings, Settings, SharedSettings } from '../../common/model/settings.ts'
import { isSameName } from './find-profile.ts'
import type { SettingsDeps, SettingsFeature } from './settings.ts'
import { readStoredSettings, toReason, toSettingsFile, writeStoredSettings } from './settings-file.ts'
import { makeUpProfileId, newProfile, type Stored, type StoredProfile, toShown } from './stored.ts'

export function createSettings(deps: SettingsDeps): SettingsFeature {
  const file = toSettingsFile(deps.dataDir)
  let stored: Stored = readStoredSettings(file, deps)
  let current = toFlat(stored)
  let saving: Promise<void> = Promise.resolve()
  let isUnsaved = false

  const show = () => deps.set?.(current, toShown(stored))
  show()

  async function save(): Promise<void> {
    try {
      await writeStoredSettings(file, stored)
      isUnsaved = false
    } catch (thrown) {
      deps.log.error('settings could not be saved', thrown)
      // Once is enough: the settings live on in memory.
      if (!isUnsaved) deps.notice?.(new AppError('app.diskFull', { detail: toReason(thrown) }).toData())
      isUnsaved = true
    }
  }
  /** At once for whoever reads; resolves when it is on disk, one write after the other, each with the newest value. */
  async function become(next: Stored): Promise<void> {
    stored = next
    current = toFlat(stored)
    show()
    saving = saving.then(save)
    await saving
  }
  const find = (id: string): StoredProfile => {
    const found = stored.profiles.find((profile) => profile.id === id)
    if (!found) throw new AppError('profile.unknown', { detail: id })
    return found
  }
  const replace = (id: string, patch: Partial<StoredProfile>) => ({
    ...stored,
    profiles: stored.profiles.map((one) => (one.id === id ? { ...one, ...patch } : one)),
  })

  return {
    current: () => current,
    async change(patch) {
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
      const parsed = Settings.safeParse({ ...current, ...given })
      if (!parsed.success) throw new AppError('app.inputInvalid', { detail: toIssue(parsed.error) })
      const settings = ProfileSettings.parse(parsed.data)
      await become({ ...replace(stored.now, { settings }), shared: SharedSettings.parse(parsed.data) })
      return current
    },
    profiles: () => toShown(stored),
    settingsOf: (id) => find(id).settings,
    async enterProfile(id) {
      find(id)
      await become({ ...stored, now: id })
    },
    async addProfile(name, settings) {
      const id = makeUpProfileId()
      const profile = newProfile(id, checkName(name), settings)
      await become({ ...stored, profiles: [...stored.profiles, profile] })
      return id
    },
    async renameProfile(id, name) {
      find(id)
      await become(replace(id, { name: checkName(name, id) }))
    },
    async removeProfile(id) {
      find(id)
      const profiles = stored.profiles.filter((profile) => profile.id !== id)
      const [first] = profiles
      if (!first) throw new AppError('profile.last')
      await become({ ...stored, profiles, now: stored.now === id ? first.id : stored.now })
    },
  }

  /** People tell profiles apart by their names, the command line finds them by it. */
  function checkName(text: string, own?: string): string {
    const name = ProfileName.safeParse(text)
    if (!name.success) throw new AppError('app.inputInvalid', { detail: toIssue(name.error, 'name') })
    const others = toShown(stored).list.filter(({ id }) => id !== own)
    if (others.some((other) => isSameName(other.name, name.data)))
      throw new AppError('app.inputInvalid', { detail: `name: there is a profile ${name.data} already` })
    return name.data
  }
}

function toFlat({ shared, now, profiles }: Stored): Settings {
  const profile = profiles.find(({ id }) => id === now)
  return { ...ProfileSettings.parse(profile?.settings ?? {}), ...shared }
}

function toIssue(
  error: { issues: ReadonlyArray<{ path: ReadonlyArray<PropertyKey>; message: string }> },
  field?: string,
): string {
  const issue = error.issues[0]
  return issue ? `${field ?? issue.path.join('.')}: ${issue.message}` : 'invalid'
}
