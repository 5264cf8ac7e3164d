// Where the shell without a dialog saves a file.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveToDownloads, toDownloads } from '../../../main/shells/chromium/save-file.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'downloads-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

describe('the downloads folder', () => {
  it('is the one that the desktop names, else that of every system', () => {
    expect(toDownloads({}, home)).toBe(path.join(home, 'Downloads'))
    mkdirSync(path.join(home, '.config'))
    writeFileSync(path.join(home, '.config', 'user-dirs.dirs'), '# x\nXDG_DOWNLOAD_DIR="$HOME/Geladen"\n')
    expect(toDownloads({}, home)).toBe(path.join(home, 'Geladen'))
    expect(toDownloads({ XDG_DOWNLOAD_DIR: '/mnt/in' }, home)).toBe('/mnt/in')
    expect(toDownloads({ XDG_DOWNLOAD_DIR: 'relative' }, home)).toBe(path.join(home, 'Downloads'))
  })
})

describe('a saved file', () => {
  it('is for its owner only, overwrites nothing, and leads nowhere else', async () => {
    const dir = path.join(home, 'in')
    const first = await saveToDownloads('call.vtt', 'one', dir)
    const second = await saveToDownloads('call.vtt', 'two', dir)
    const third = await saveToDownloads('../../call.vtt', 'three', dir)
    expect([first, second, third].map((file) => path.relative(dir, file))).toEqual([
      'call.vtt',
      'call (2).vtt',
      'call (3).vtt',
    ])
    expect(readFileSync(first, 'utf8')).toBe('one')
    expect(statSync(first).mode & 0o077).toBe(0)
  })
  it('fails where the folder cannot be made', async () => {
    writeFileSync(path.join(home, 'file'), '')
    await expect(saveToDownloads('a', 'b', path.join(home, 'file', 'dir'))).rejects.toThrow()
  })
})
