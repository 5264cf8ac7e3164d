// Whether this desktop shows tray icons. Only Linux leaves it open: there a panel must stand behind the D-Bus name.
import { execFile } from 'node:child_process'

const watcher = 'org.kde.StatusNotifierWatcher'
const askMs = 2_000

/** Runs a program and answers its output; empty when it failed. */
export type Run = (file: string, args: readonly string[]) => Promise<string>

const run: Run = (file, args) =>
  new Promise((resolve) => {
    execFile(file, [...args], { timeout: askMs }, (error, stdout) => resolve(error ? '' : stdout))
  })

/** False where nobody can say it: a window that cannot be found again is worse than one that quits. */
export async function isTrayShown(
  platform: NodeJS.Platform = process.platform,
  ask: Run = run,
): Promise<boolean> {
  if (platform !== 'linux') return true
  const owner = await askBus(ask, ['/org/freedesktop/DBus', 'org.freedesktop.DBus', 'NameHasOwner', watcher])
  return /\btrue\b/.test(owner)
}

/** With the client that is there: glib's, D-Bus's own, systemd's. */
async function askBus(
  ask: Run,
  [path = '', name = '', method = '', argument = '']: readonly string[],
): Promise<string> {
  return (
    (await ask('gdbus', [
      ...['call', '--session', '--dest', name, '--object-path', path],
      ...['--method', `${name}.${method}`, argument],
    ])) ||
    (await ask('dbus-send', [
      ...['--session', '--print-reply', `--dest=${name}`, path],
      ...[`${name}.${method}`, `string:${argument}`],
    ])) ||
    (await ask('busctl', ['--user', 'call', name, path, name, method, 's', argument]))
  )
}
