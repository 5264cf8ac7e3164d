// Looks for a Chromium on this machine: what the environment names first, then where each system keeps it.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { isExecutable } from '../is-executable.ts'
import { type KnownVersions, noKnownVersions } from './known-versions.ts'

export interface FoundChromium {
  path: string
  /** As the browser says it: `Chromium 156.0.8078.79 …`; empty where it cannot be asked. */
  version: string
  /** A snap may not reach hidden folders, so its profile lives in the snap's own one. */
  snap: boolean
}

const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'brave-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
  'vivaldi-stable',
]

const macNames = ['Google Chrome', 'Chromium', 'Brave Browser', 'Microsoft Edge']
const windowsPlaces = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
]

/** Every place to look at, best first. */
export function chromiumPlaces(
  platform: NodeJS.Platform = process.platform,
  env: Record<string, string | undefined> = process.env,
  home: string = homedir(),
): string[] {
  if (platform === 'darwin') {
    return ['/Applications', path.join(home, 'Applications')].flatMap((dir) =>
      macNames.map((name) => path.join(dir, `${name}.app`, 'Contents', 'MacOS', name)),
    )
  }
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    return windowsPlaces.flatMap((place) =>
      roots.flatMap((root) => (root ? [path.join(root, ...place)] : [])),
    )
  }
  const dirs = [
    ...(env.PATH ?? '').split(':'),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
    '/opt/google/chrome',
  ]
  const unique = [...new Set(dirs.filter((dir) => path.isAbsolute(dir)))]
  return linuxNames.flatMap((name) => unique.map((dir) => path.join(dir, name)))
}

/** The first that runs. A path named in the environment is taken or nothing is: no silent second choice. */
export function findChromium(
  env: Record<string, string | undefined> = process.env,
  versions: KnownVersions = noKnownVersions,
): FoundChromium | undefined {
  const named = env.CHROMIUM_PATH || env.CHROME_PATH
  for (const place of named ? [named] : chromiumPlaces(process.platform, env)) {
    const found = tryChromium(place, versions)
    if (found) return found
  }
  return undefined
}

/** Asked once a place: starting a browser for its version costs as much as a page. */
const known = new Map<string, FoundChromium>()

export function tryChromium(
  place: string,
  versions: KnownVersions = noKnownVersions,
): FoundChromium | undefined {
  const before = known.get(place)
  if (before) return before
  const version = isExecutable(place) ? toVersion(place, versions) : undefined
  if (version === undefined) return undefined
  const found = { path: place, version, snap: isSnap(place) }
  known.set(place, found)
  return found
}

function toVersion(place: string, versions: KnownVersions): string | undefined {
  const remembered = versions.get(place)
  if (remembered !== undefined) return remembered
  const version = askVersion(place)
  if (version) versions.put(place, version)
  return version
}

/** Nothing when it does not run, such as the stub that only tells to install a snap. */
function askVersion(file: string): string | undefined {
  // chrome.exe opens a window instead of answering.
  if (process.platform === 'win32') return 'Chromium'
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  return status === 0 ? stdout.trim() : undefined
}

function isSnap(file: string): boolean {
  if (process.platform !== 'linux') return false
  if (file.startsWith('/snap/')) return true
  try {
    const text = readFileSync(file).subarray(0, 4_096).toString('latin1')
    return text.startsWith('#!') && text.includes('/snap/bin/')
  } catch {
    return false
  }
}
