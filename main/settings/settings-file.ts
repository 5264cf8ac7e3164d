// The settings file on disk: read once, written atomically; a broken one is set aside, never overwritten.
import { readFileSync, renameSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../common/kit/errors.ts'
import type { SettingsDeps } from './settings.ts'
import { type Fields, firstStored, type Stored, toFields, toStored } from './stored.ts'

export const toSettingsFile = (dataDir: string) => path.join(dataDir, 'settings.json')

/** `read only` leaves a broken file where it is. */
export function readStoredSettings(
  file: string,
  deps: Pick<SettingsDeps, 'log' | 'notice'>,
  mode: 'owner' | 'read only' = 'owner',
): Stored {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (thrown) {
    if (toCode(thrown) === 'ENOENT') return firstStored()
    deps.log.error('settings could not be read', thrown)
    deps.notice?.(new AppError('app.settingsBroken', { detail: toReason(thrown) }).toData())
    return firstStored()
  }
  const fields = parseFields(text)
  const { stored, broken } = fields ? toStored(fields) : { stored: firstStored(), broken: true }
  if (broken && mode === 'owner') setAside(file, deps)
  return stored
}

/** Either the old file or the new one, whole, also after a crash. */
export async function writeStoredSettings(file: string, stored: Stored): Promise<void> {
  const draft = `${file}.tmp`
  try {
    const handle = await open(draft, 'w', 0o600)
    try {
      await handle.writeFile(`${JSON.stringify(toFields(stored), null, 2)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (thrown) {
    await rm(draft, { force: true }).catch(() => {})
    throw thrown
  }
}

/** The broken file keeps what a person may want back. */
function setAside(file: string, deps: Pick<SettingsDeps, 'log' | 'notice'>): void {
  const kept = `${file}.broken-${new Date().toISOString().replace(/[:.]/g, '-')}`
  try {
    renameSync(file, kept)
  } catch (thrown) {
    deps.log.error('broken settings could not be set aside', thrown)
  }
  deps.log.warn(`settings were broken, kept as ${path.basename(kept)}`)
  deps.notice?.(new AppError('app.settingsBroken', { detail: path.basename(kept) }).toData())
}

function parseFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined
  } catch {
    return undefined
  }
}

function toCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
}

export function toReason(thrown: unknown): string {
  return toCode(thrown) || (thrown instanceof Error ? thrown.message : String(thrown))
}
