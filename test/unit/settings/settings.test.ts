// The settings file: survives bad values, broken files, newer versions and full disks.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ErrorData } from '../../../common/kit/errors.ts'
import { defaultSettings } from '../../../common/model/settings.ts'
import { createSettings } from '../../../main/settings/create-settings.ts'
import { createQuietLog } from '../../support/quiet-log.ts'

let dataDir: string
let notices: ErrorData[]
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'companion-settings-'))
  notices = []
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const file = () => path.join(dataDir, 'settings.json')
const open = (dir = dataDir) =>
  createSettings({ dataDir: dir, log: createQuietLog().log, notice: (error) => void notices.push(error) })

describe('the settings', () => {
  it('are the defaults at a first start, without writing or saying anything', () => {
    expect(open().current()).toEqual(defaultSettings)
    expect(readdirSync(dataDir)).toEqual([])
    expect(notices).toEqual([])
  })

  it('are there again after a change and a restart', async () => {
    await open().change({ language: 'de-DE', extension: 'desk1' })
    expect(open().current()).toMatchObject({ language: 'de-DE', extension: 'desk1' })
    expect(readdirSync(dataDir)).toEqual(['settings.json'])
  })

  it('tell their owner every new value', async () => {
    const seen: string[] = []
    const settings = createSettings({
      dataDir,
      log: createQuietLog().log,
      set: (next) => void seen.push(next.theme),
    })
    await settings.change({ theme: 'dark' })
    expect(seen).toEqual(['system', 'dark'])
  })

  it('keep the keys of a newer version in the file', async () => {
    writeFileSync(file(), JSON.stringify({ theme: 'dark', hologram: { depth: 3 } }))
    await open().change({ language: 'fr' })
    const kept = JSON.parse(readFileSync(file(), 'utf8'))
    expect(kept).toMatchObject({ theme: 'dark', profiles: [{ language: 'fr' }], hologram: { depth: 3 } })
  })

  it.each(['{"theme":"da', '[]', '', 'null'])('set a broken file aside and say so: %s', async (text) => {
    writeFileSync(file(), text)
    const settings = open()
    expect(settings.current()).toEqual(defaultSettings)
    expect(notices.map((notice) => notice.code)).toEqual(['app.settingsBroken'])
    const [aside = ''] = readdirSync(dataDir)
    expect(aside).toContain('settings.json.broken-')
    expect(readFileSync(path.join(dataDir, aside), 'utf8')).toBe(text)
    await settings.change({ theme: 'dark' })
    expect(open().current().theme).toBe('dark')
  })

  it('lose only the value that is wrong', () => {
    writeFileSync(file(), JSON.stringify({ theme: 'plaid', language: 'de-DE' }))
    expect(open().current()).toMatchObject({ theme: 'system', language: 'de-DE' })
    expect(notices).toHaveLength(1)
  })

  it('refuse a change that is wrong and stay as they were', async () => {
    const settings = open()
    await expect(settings.change({ extension: 'no spaces!' })).rejects.toMatchObject({
      code: 'app.inputInvalid',
    })
    expect(settings.current().extension).toBe('')
  })

  it('live in memory and say so once when the folder cannot be written', async () => {
    const settings = open(path.join(dataDir, 'gone'))
    await settings.change({ theme: 'dark' })
    await settings.change({ theme: 'light' })
    expect(settings.current().theme).toBe('light')
    expect(notices.map((notice) => notice.code)).toEqual(['app.diskFull'])
  })

  it('end with the last of many changes at once', async () => {
    const settings = open()
    await Promise.all(['a', 'b', 'c', 'd'].map((extension) => settings.change({ extension })))
    expect(open().current().extension).toBe('d')
  })
})
