// Several servers for one person: each profile has its own addresses, certificates, extension, voice and credential.
import { z } from 'zod'
import { phrase } from '../words/say.ts'
import type { Environment } from './settings.ts'

export const ProfileName = z
  .string()
  .trim()
  .min(1, phrase('must not be empty').text)
  .max(40, phrase('at most 40 characters').text)

/** What is shown of a profile; nothing secret is part of it. */
export interface Profile {
  id: string
  name: string
  environment: Environment
  /** For `custom` only. */
  apiUrl: string
}

export interface Profiles {
  /** Id of the one in use. */
  now: string
  /** At least one, in the order of their making. */
  list: Profile[]
}

/** The profile of a first start, and the one that an old flat file becomes. */
export const firstProfileId = 'default'

export const initialProfiles: Profiles = {
  now: firstProfileId,
  list: [{ id: firstProfileId, name: 'Practice', environment: 'practice', apiUrl: '' }],
}
