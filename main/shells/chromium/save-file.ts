// Saves a file where the person's downloads are: this shell has no dialog for it. Nothing is ever overwritten.
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'

/** Resolves with the file's path. */
export async function saveToDownloads(
  name: string,
  text: string | Uint8Array,
  dir = toDownloads(),
): Promise<string> {
  await mkdir(dir, { recursive: true })
  // A name, never a way to another folder.
  const { name: stem, ext } = path.parse(path.basename(name))
  for (let n = 1; ; n++) {
    const file = path.join(dir, `${stem}${n === 1 ? '' : ` (${n})`}${ext}`)
    try {
      await writeFile(file, text, { flag: 'wx', mode: 0o600 })
      return file
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown
    }
  }
}

/** As the desktop's own settings name it (xdg-user-dirs), else the folder that every system has. */
export function toDownloads(
  env: Record<string, string | undefined> = process.env,
  home: string = homedir(),
): string {
  const named = env.XDG_DOWNLOAD_DIR || readUserDirs(env.XDG_CONFIG_HOME || path.join(home, '.config'))
  const dir = named?.replace(/^\$HOME(?=\/|$)/, home)
  return dir && path.isAbsolute(dir) ? dir : path.join(home, 'Downloads')
}

function readUserDirs(config: string): string | undefined {
  try {
    return /^XDG_DOWNLOAD_DIR="([^"\n]+)"/m.exec(
      readFileSync(path.join(config, 'user-dirs.dirs'), 'utf8'),
    )?.[1]
  } catch {
    return undefined
  }
}
