// The settings file: parsed, unknown keys kept, saved atomically; a broken file is set aside, never overwritten.
import { readFileSync, renameSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../common/kit/errors.ts'
import { defaultSettings, Settings } from '../../common/model/settings.ts'
import type { SettingsDeps, SettingsFeature } from './settings.ts'

type Fields = Record<string, unknown>

export function createSettings(deps: SettingsDeps): SettingsFeature {
  const file = path.join(deps.dataDir, 'settings.json')
  const loaded = load(file, deps)
  let current = loaded.settings
  // Keys of a newer version stay in the file for it.
  const unknown = loaded.unknown
  let saving: Promise<void> = Promise.resolve()
  let isUnsaved = false

  deps.set?.(current)

  async function save(): Promise<void> {
    try {
      await writeAtomically(file, `${JSON.stringify({ ...unknown, ...current }, null, 2)}\n`)
      isUnsaved = false
    } catch (thrown) {
      deps.log.error('settings could not be saved', thrown)
      // Once is enough: the settings live on in memory.
      if (!isUnsaved) deps.notice?.(new AppError('app.diskFull', { detail: toReason(thrown) }).toData())
      isUnsaved = true
    }
  }

  return {
    current: () => current,
    async change(patch) {
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
      const parsed = Settings.safeParse({ ...current, ...given })
      if (!parsed.success) throw new AppError('app.inputInvalid', { detail: toIssue(parsed.error) })
      current = parsed.data
      deps.set?.(current)
      // One write after the other; each writes the newest value.
      saving = saving.then(save)
      await saving
      return current
    },
  }
}

function load(file: string, deps: SettingsDeps): { settings: Settings; unknown: Fields } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (thrown) {
    if (toCode(thrown) === 'ENOENT') return { settings: defaultSettings, unknown: {} }
    deps.log.error('settings could not be read', thrown)
    deps.notice?.(new AppError('app.settingsBroken', { detail: toReason(thrown) }).toData())
    return { settings: defaultSettings, unknown: {} }
  }
  const fields = parseFields(text)
  if (!fields) {
    setAside(file, deps)
    return { settings: defaultSettings, unknown: {} }
  }
  const unknown = Object.fromEntries(Object.entries(fields).filter(([name]) => !(name in Settings.shape)))
  const whole = Settings.safeParse(fields)
  if (whole.success) return { settings: whole.data, unknown }
  setAside(file, deps)
  return { settings: keepGood(fields), unknown }
}

/** One bad value does not cost the others. */
function keepGood(fields: Fields): Settings {
  const good = Object.entries(fields).filter(([name, value]) => Settings.safeParse({ [name]: value }).success)
  return Settings.parse(Object.fromEntries(good))
}

/** The broken file keeps what a person may want back. */
function setAside(file: string, deps: SettingsDeps): void {
  const kept = `${file}.broken-${new Date().toISOString().replace(/[:.]/g, '-')}`
  try {
    renameSync(file, kept)
  } catch (thrown) {
    deps.log.error('broken settings could not be set aside', thrown)
  }
  deps.log.warn(`settings were broken, kept as ${path.basename(kept)}`)
  deps.notice?.(new AppError('app.settingsBroken', { detail: path.basename(kept) }).toData())
}

/** Either the old file or the new one, whole, also after a crash. */
async function writeAtomically(file: string, text: string): Promise<void> {
  const draft = `${file}.tmp`
  try {
    const handle = await open(draft, 'w', 0o600)
    try {
      await handle.writeFile(text)
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

function toReason(thrown: unknown): string {
  return toCode(thrown) || (thrown instanceof Error ? thrown.message : String(thrown))
}

function toIssue(error: {
  issues: ReadonlyArray<{ path: ReadonlyArray<PropertyKey>; message: string }>
}): string {
  const issue = error.issues[0]
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'invalid'
}
