// What stands in the settings file of a data folder: the shared fields, and those of the profile in use.
import { readFileSync } from 'node:fs'
import path from 'node:path'

export function readSavedSettings(dataDir: string): Record<string, unknown> {
  const { profile, profiles, ...shared } = JSON.parse(
    readFileSync(path.join(dataDir, 'settings.json'), 'utf8'),
  )
  return { ...shared, ...profiles.find(({ id }: { id: string }) => id === profile) }
}
