// One companion a profile: the first holds the lock for its life, a second start asks it to show its window.
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Scope } from '../../common/kit/scope.ts'

/** `first`: we hold it until `scope` ends. `second`: another runs and was asked to come to the front. */
export type InstanceLock = 'first' | 'second'

/** What the second start says before it leaves. */
export const alreadyRunning = (dataDir: string): string =>
  `The companion is already running with the profile ${dataDir}; its window was brought to the front.`

/** `focus`, or with the link that the second start was given; one line. */
const toWord = (link: string | undefined) => `focus ${encodeURIComponent(link?.slice(0, 1_000) ?? '')}\n`
const mostBytes = 10_000

/**
 * The lock is a transaction on a file: the system lets go of it with the process, however that ends. A lock
 * by socket alone had two winners when several start at once after a kill.
 */
export async function openInstanceLock(
  scope: Scope,
  dataDir: string,
  onFocus: (link: string | undefined) => void,
  link?: string,
): Promise<InstanceLock> {
  const door = toDoor(dataDir)
  const held = await holdFile(scope, path.join(dataDir, 'instance.lock'))
  if (held === 'taken' || (await knock(door, link))) {
    if (held === 'taken') await knockPatiently(door, link)
    return 'second'
  }
  await listen(scope, door, onFocus)
  return 'first'
}

/** `unknown` where this Node has no SQLite: then whoever answers the door is the first. */
async function holdFile(scope: Scope, file: string): Promise<'held' | 'taken' | 'unknown'> {
  const sqlite = await import('node:sqlite').catch(() => undefined)
  if (!sqlite) return 'unknown'
  let database: import('node:sqlite').DatabaseSync | undefined
  try {
    database = new sqlite.DatabaseSync(file)
    database.exec('BEGIN EXCLUSIVE')
    const open = database
    scope.add(() => open.close())
    return 'held'
  } catch (error) {
    database?.close()
    if (error instanceof Error && /locked|busy/i.test(error.message)) return 'taken'
    return 'unknown'
  }
}

/** A socket path may have about 100 bytes, so a deep profile gets one in the temporary folder. */
function toDoor(dataDir: string): string {
  const name = `voipbin-companion-${createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 16)}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  const near = path.join(path.resolve(dataDir), 'instance.sock')
  return Buffer.byteLength(near) < 100
    ? near
    : path.join(process.env.XDG_RUNTIME_DIR || tmpdir(), `${name}.sock`)
}

/** True when somebody answered. */
function knock(door: string, link: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(door)
    socket.setTimeout(1_000, () => socket.destroy())
    socket.on('connect', () => socket.end(toWord(link)))
    socket.on('close', (hadError) => resolve(!hadError && socket.bytesWritten > 0))
    socket.on('error', () => {})
    socket.resume()
  })
}

/** The first may still be opening its door. */
async function knockPatiently(door: string, link: string | undefined): Promise<void> {
  for (let tries = 0; tries < 10; tries++) {
    if (await knock(door, link)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function listen(
  scope: Scope,
  door: string,
  onFocus: (link: string | undefined) => void,
): Promise<void> {
  // We hold the lock, so what lies here was left by a killed one.
  if (process.platform !== 'win32') rmSync(door, { force: true })
  const server: Server = createServer((socket) => {
    socket.on('error', () => {})
    socket.setTimeout(1_000, () => socket.destroy())
    let heard = ''
    socket.on('data', (data) => {
      heard += data.toString('latin1')
      if (!heard.includes('\n') && heard.length < mostBytes) return
      socket.end()
      const [, link] = /^focus ?(\S*)\n/.exec(heard) ?? []
      heard = ''
      if (link !== undefined) onFocus(decode(link))
    })
  })
  server.unref()
  await new Promise<void>((resolve) => {
    // Without a door a second start cannot show our window; the lock itself still holds.
    server.once('error', () => resolve())
    server.listen(door, () => resolve())
  })
  scope.add(() => new Promise<void>((resolve) => server.close(() => resolve())))
}

/** Nothing for no link, and for what is no text. */
function decode(link: string): string | undefined {
  try {
    return decodeURIComponent(link) || undefined
  } catch {
    return undefined
  }
}
