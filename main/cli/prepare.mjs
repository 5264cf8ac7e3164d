// What must be there before anything runs: a Node that is new enough, the locked packages, a fresh build.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/** Something is missing; the message says what, why it is needed and the command that brings it. */
export class Missing extends Error {}

const oldestNode = 20

/** The Node that the lock file brings (npm package `node`): the same on every machine. */
export function ownNode(top) {
  return path.join(top, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/** Installs the locked packages when there are none or the lock has changed since. */
export async function ensurePackages(top) {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    throw new Missing(
      `Node ${process.versions.node} is too old: Node ${oldestNode} or newer is needed to install and start.\n` +
        'Get it from https://nodejs.org or your package manager (Debian 12: apt-get install nodejs npm needs a newer source).',
    )
  }
  const lock = digest(readFileSync(path.join(top, 'package-lock.json')))
  const stamp = path.join(top, 'node_modules/.companion-lock')
  if (existsSync(ownNode(top)) && read(stamp) === lock) return
  console.log('Installing the locked packages (npm ci); this takes about half a minute the first time …')
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], top)
  if (code !== 0 || !existsSync(ownNode(top))) {
    throw new Missing(
      'The packages could not be installed, and nothing works without them.\n' +
        'Check the network and the npm registry, then run:  npm ci',
    )
  }
  writeFileSync(stamp, lock)
}

/** Builds when a source is newer than the last build. */
export async function ensureBuild(top, always) {
  const stamp = path.join(top, 'dist/.built')
  const now = fingerprint(top)
  if (!always && read(stamp) === now) return
  console.log('Building …')
  const vite = path.join(top, 'node_modules/vite/bin/vite.js')
  const targets = ['renderer', 'main', 'preload', 'practice']
  const codes = await Promise.all(
    targets.map((target) =>
      run(ownNode(top), [vite, 'build', '--logLevel', 'warn', '--config', `vite.${target}.config.ts`], top),
    ),
  )
  const failed = targets.filter((_, i) => codes[i] !== 0)
  if (failed.length > 0) {
    throw new Missing(
      `The build of ${failed.join(', ')} failed; see the messages above.\nTry again with:  npm run build`,
    )
  }
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, now)
}

/** Changes when any source file, configuration or the lock changes. */
function fingerprint(top) {
  const files = ['common', 'main', 'preload', 'renderer', 'practice'].flatMap((folder) =>
    readdirSync(path.join(top, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)),
  )
  const configs = readdirSync(top).filter((name) => name.startsWith('vite.') || name.startsWith('package'))
  const rows = [...files, ...configs.map((name) => path.join(top, name))].sort().map((file) => {
    const { mtimeMs, size } = statSync(file)
    return `${path.relative(top, file)} ${mtimeMs} ${size}`
  })
  return digest(rows.join('\n'))
}

const digest = (data) => createHash('sha256').update(data).digest('hex')
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)

function run(command, args, cwd) {
  const windows = process.platform === 'win32'
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: windows && command === 'npm',
  })
  return new Promise((resolve) => {
    child.on('error', () => resolve(127))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
