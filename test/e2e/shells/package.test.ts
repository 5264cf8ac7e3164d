// The directory package as people get it: built from an unpacked Electron, hardened, started, its window alive.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { electronOrigin } from '../../../main/shells/page-origin.ts'
import { findElectronRuntime } from '../../support/electron-runtime.ts'
import { until } from '../../support/until.ts'
import { openPageClient } from './page-client.ts'
import { dropProfile, makeProfile } from './shell-under-test.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const runtime = process.platform === 'linux' ? findElectronRuntime() : undefined
if (!runtime)
  console.warn('\n!! No Electron runtime for Linux is to be had here: the package is NOT tested.\n')

const targets = ['main', 'preload', 'practice', 'renderer']
const outputs = ['main/electron.js', 'preload/preload.cjs', 'practice/practice.js', 'renderer/index.html']

describe.skipIf(!runtime)('the directory package', () => {
  let out = ''
  const unpacked = () => path.join(out, 'linux-unpacked')
  const program = () => path.join(unpacked(), 'voipbin-companion')

  beforeAll(() => {
    const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: root, stdio: 'pipe' })
    if (!outputs.every((file) => existsSync(path.join(root, 'dist', file)))) {
      const vite = path.join(root, 'node_modules/vite/bin/vite.js')
      for (const target of targets)
        node(vite, 'build', '--logLevel', 'warn', '--config', `vite.${target}.config.ts`)
    }
    out = mkdtempSync(path.join(tmpdir(), 'companion-package-'))
    const version = readFileSync(path.join(runtime ?? '', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    node(
      path.join(root, 'node_modules/electron-builder/cli.js'),
      '--linux',
      'dir',
      `-c.electronDist=${runtime}`,
      `-c.electronVersion=${version}`,
      `-c.directories.output=${out}`,
    )
  })
  afterAll(() => rmSync(out, { recursive: true, force: true }))

  it('carries the program and nothing else', () => {
    const names = listAsar(path.join(unpacked(), 'resources', 'app.asar'))
    expect(names).toContain('dist/main/electron.js')
    expect(names).toContain('dist/preload/preload.cjs')
    expect(names).toContain('dist/practice/practice.js')
    expect(names).toContain('dist/renderer/index.html')
    expect(names.filter((name) => /node_modules|\.map$|\.ts$|^test|^main|gallery\.html/.test(name))).toEqual(
      [],
    )
  })

  it('has its fuses blown', () => {
    const { stdout } = spawnSync(
      process.execPath,
      [path.join(root, 'node_modules/@electron/fuses/dist/bin.js'), 'read', '--app', program()],
      { encoding: 'utf8' },
    )
    const fuse = (name: string) => new RegExp(`${name} is (\\w+)`).exec(stdout)?.[1]
    expect(fuse('RunAsNode'), stdout).toBe('Disabled')
    expect(fuse('EnableNodeOptionsEnvironmentVariable')).toBe('Disabled')
    expect(fuse('EnableNodeCliInspectArguments')).toBe('Disabled')
    expect(fuse('OnlyLoadAppFromAsar')).toBe('Enabled')
    expect(fuse('EnableCookieEncryption')).toBe('Enabled')
    expect(fuse('GrantFileProtocolExtraPrivileges')).toBe('Disabled')
  })

  it('starts, shows the quickstart and ends when it is asked to', async () => {
    const profileDir = makeProfile()
    const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const child = spawn(
      program(),
      [...flags, '--remote-debugging-port=0', '--hidden', `--profile-dir=${profileDir}`],
      { stdio: 'ignore', cwd: tmpdir() },
    )
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
    try {
      const page = await openPageClient(
        path.join(profileDir, 'electron', 'DevToolsActivePort'),
        electronOrigin,
      )
      await until('the quickstart', () => page.evaluate('document.body.innerText.includes("Quickstart")'))
      expect(await page.evaluate('typeof companionPort.send')).toBe('function')
      expect(await page.evaluate('typeof process + typeof require')).toBe('undefinedundefined')
      child.kill('SIGTERM')
      expect(await exited).toBe(0)
    } finally {
      child.kill('SIGKILL')
      await exited
      dropProfile(profileDir)
    }
  })
})

interface Entry {
  files?: Record<string, Entry>
}

/** Names in an asar archive: a pickled JSON header, its length at byte 12. */
function listAsar(file: string): string[] {
  const bytes = readFileSync(file)
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry
  const walk = (entry: Entry, at: string): string[] =>
    Object.entries(entry.files ?? {}).flatMap(([name, child]) =>
      child.files ? walk(child, `${at}${name}/`) : [`${at}${name}`],
    )
  return walk(header, '')
}
