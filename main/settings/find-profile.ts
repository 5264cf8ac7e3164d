// A profile by what a person calls it on the command line: its name, in any case, or its id.
import { AppError } from '../../common/kit/errors.ts'
import type { Profile, Profiles } from '../../common/model/profile.ts'

/** Throws `profile.unknown` with the names there are. */
export function findProfile({ list }: Profiles, wanted: string): Profile {
  const found = list.find(({ id, name }) => id === wanted || isSameName(name, wanted))
  if (found) return found
  const names = list.map(({ name }) => name).join(', ')
  throw new AppError('profile.unknown', { detail: `${wanted}; there are: ${names}` })
}

export const isSameName = (one: string, other: string) => one.toLowerCase() === other.trim().toLowerCase()
