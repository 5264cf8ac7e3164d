// Start at login on Linux: a desktop entry in the person's autostart folder.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

/** Desktop Application Autostart Specification: `$XDG_CONFIG_HOME/autostart`. */
export function toAutostartFile(
  env: Record<string, string | undefined> = process.env,
  home = homedir(),
): string {
  const config = env.XDG_CONFIG_HOME
  const base = config && path.isAbsolute(config) ? config : path.join(home, '.config')
  return path.join(base, 'autostart', 'voipbin-companion.desktop')
}

/** `command` with its arguments, each as one word whatever it contains. */
export function toDesktopEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=VoIPBIN Companion',
    'Comment=Rings when somebody calls',
    `Exec=${command.map(quote).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/** Desktop Entry Specification, "The Exec key": quoted, then escaped once more as a string value; `%` begins a code. */
function quote(word: string): string {
  return `"${word.replace(/[\\"`$]/g, '\\$&')}"`.replaceAll('\\', '\\\\').replaceAll('%', '%%')
}

/** `off` when there is no entry, or the person switched it off in the settings of the desktop. */
export function readAutostart(file: string): 'on' | 'off' {
  try {
    return /^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(readFileSync(file, 'utf8'))
      ? 'off'
      : 'on'
  } catch {
    return 'off'
  }
}

export function writeAutostart(file: string, command: readonly string[] | undefined): void {
  if (!command) {
    rmSync(file, { force: true })
    return
  }
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, toDesktopEntry(command))
}
