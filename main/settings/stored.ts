// What stands in the settings file: shared settings, and one profile a server. Reads the flat files of before as well.
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { firstProfileId, ProfileName, type Profiles } from '../../common/model/profile.ts'
import { ProfileSettings, SharedSettings } from '../../common/model/settings.ts'

export type Fields = Record<string, unknown>

export interface StoredProfile {
  id: string
  /** Empty as long as nobody named it: then it is called after its server. */
  name: string
  settings: ProfileSettings
  /** Keys of a newer version stay for it. */
  unknown: Fields
}

export interface Stored {
  shared: SharedSettings
  unknown: Fields
  now: string
  /** At least one. */
  profiles: StoredProfile[]
}

export const firstStored = (): Stored => ({
  shared: SharedSettings.parse({}),
  unknown: {},
  now: firstProfileId,
  profiles: [newProfile(firstProfileId)],
})

export const newProfile = (
  id: string,
  name = '',
  settings: Partial<ProfileSettings> = {},
): StoredProfile => ({
  id,
  name,
  settings: ProfileSettings.parse(settings),
  unknown: {},
})

export const makeUpProfileId = () => randomBytes(4).toString('hex')

/** `broken`: something had to be left out, so the file is worth keeping. */
export function toStored(fields: Fields): { stored: Stored; broken: boolean } {
  const shared = keepGood(SharedSettings, fields)
  if (!('profiles' in fields)) {
    // As it was before there were profiles: one server, everything at the top.
    const only = keepGood(ProfileSettings, fields)
    const profile = { ...newProfile(firstProfileId), settings: only.good }
    const unknown = without(fields, { ...SharedSettings.shape, ...ProfileSettings.shape, profile: true })
    const stored = { shared: shared.good, unknown, now: firstProfileId, profiles: [profile] }
    return { stored, broken: shared.broken || only.broken }
  }
  const { profiles, broken } = toProfiles(fields.profiles)
  const now = profiles.find(({ id }) => id === fields.profile)?.id ?? profiles[0]?.id ?? firstProfileId
  // Server fields at the top were written by a version that knows no profiles: they belong to none.
  const known = { ...SharedSettings.shape, ...ProfileSettings.shape, profile: true, profiles: true }
  const stored = { shared: shared.good, unknown: without(fields, known), now, profiles }
  return { stored, broken: shared.broken || broken }
}

export function toFields({ shared, unknown, now, profiles }: Stored): Fields {
  return {
    ...unknown,
    ...shared,
    profile: now,
    profiles: profiles.map(({ id, name, settings, unknown: more }) => ({ ...more, id, name, ...settings })),
  }
}

/** As the window sees them, each with a name of its own. */
export function toShown({ now, profiles }: Pick<Stored, 'now' | 'profiles'>): Profiles {
  const taken = new Set<string>()
  const list = profiles.map(({ id, name, settings }) => {
    const { environment, apiUrl } = settings
    const wanted = name || toServerName(settings)
    let free = wanted
    for (let n = 2; taken.has(free); n++) free = `${wanted} ${n}`
    taken.add(free)
    return { id, name: free, environment, apiUrl }
  })
  return { now, list }
}

function toServerName({ environment, apiUrl }: ProfileSettings): string {
  if (environment !== 'custom')
    return { practice: 'Practice', production: 'Production', sandbox: 'Sandbox' }[environment]
  return URL.canParse(apiUrl) ? new URL(apiUrl).hostname : 'Own server'
}

/** One that is broken beyond reading does not cost the others. */
function toProfiles(value: unknown): { profiles: StoredProfile[]; broken: boolean } {
  const profiles: StoredProfile[] = []
  const rows: unknown[] = Array.isArray(value) ? value : []
  let broken = rows.length === 0
  for (const row of rows) {
    const profile = toProfile(row)
    if (!profile || profiles.some(({ id }) => id === profile.stored.id)) broken = true
    else {
      broken ||= profile.broken
      profiles.push(profile.stored)
    }
  }
  return { profiles: profiles.length > 0 ? profiles : [newProfile(firstProfileId)], broken }
}

function toProfile(row: unknown): { stored: StoredProfile; broken: boolean } | undefined {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined
  const fields = row as Fields
  const { id, name } = fields
  if (typeof id !== 'string' || !/^[\w-]{1,40}$/.test(id)) return undefined
  const { good, broken } = keepGood(ProfileSettings, fields)
  const named = name === undefined || name === '' ? { data: '' } : ProfileName.safeParse(name)
  const unknown = without(fields, { ...ProfileSettings.shape, id: true, name: true })
  return {
    stored: { id, name: named.data ?? '', settings: good, unknown },
    broken: broken || named.data === undefined,
  }
}

/** One bad value does not cost the others. */
function keepGood<S extends z.ZodObject>(schema: S, fields: Fields): { good: z.output<S>; broken: boolean } {
  const whole = schema.safeParse(fields)
  if (whole.success) return { good: whole.data as z.output<S>, broken: false }
  const good = Object.entries(fields).filter(([name, value]) => schema.safeParse({ [name]: value }).success)
  return { good: schema.parse(Object.fromEntries(good)) as z.output<S>, broken: true }
}

const without = (fields: Fields, known: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !(name in known)))
