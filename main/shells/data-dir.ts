// Where a profile lives on disk, by platform habit; `--profile-dir` or VOIPBIN_COMPANION_DIR choose another.
import { accessSync, constants, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { AppError } from '../../common/kit/errors.ts'

interface Surroundings {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  home: string
}

const here = (): Surroundings => ({ platform: process.platform, env: process.env, home: homedir() })

/** The profile's folder as a name; nothing is created. */
export function toDataDir(profileDir?: string, around: Surroundings = here()): string {
  const { platform, env, home } = around
  const chosen = profileDir || env.VOIPBIN_COMPANION_DIR
  if (chosen) return path.resolve(chosen)
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'VoIPBIN Companion')
  if (platform === 'win32') {
    return path.join(env.APPDATA || path.join(home, 'AppData', 'Roaming'), 'VoIPBIN Companion')
  }
  // XDG Base Directory Specification: a relative value is invalid and ignored.
  const xdg = env.XDG_DATA_HOME
  const base = xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.local', 'share')
  return path.join(base, 'voipbin-companion')
}

/** Creates the folder, readable by its owner only. */
export function openDataDir(profileDir?: string): string {
  const dataDir = toDataDir(profileDir)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK)
  } catch (cause) {
    throw new AppError('app.profileUnwritable', { detail: dataDir, cause })
  }
  return dataDir
}
