// Small pieces of the hosts: folders, addresses, arguments, restarts, the log file, ports to pages.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Port } from '../../../common/kit/port.ts'
import { errorText } from '../../../main/cli/error-text.ts'
import { chromiumPlaces, findChromium } from '../../../main/shells/chromium/find-chromium.ts'
import { openDataDir, toDataDir } from '../../../main/shells/data-dir.ts'
import { parseArguments } from '../../../main/shells/electron/arguments.ts'
import { findElectron } from '../../../main/shells/electron/launch.ts'
import { openFileLog } from '../../../main/shells/file-log.ts'
import { toExternalUrl } from '../../../main/shells/open-external.ts'
import { createPagePorts } from '../../../main/shells/page-port.ts'
import { createRestarts } from '../../../main/shells/restarts.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'host-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

describe('the folder of a profile', () => {
  const around = (platform: NodeJS.Platform, env: Record<string, string> = {}) => ({
    platform,
    env,
    home: '/home/ana',
  })

  it('follows the habit of each system', () => {
    expect(toDataDir(undefined, around('linux'))).toBe('/home/ana/.local/share/voipbin-companion')
    expect(toDataDir(undefined, around('linux', { XDG_DATA_HOME: '/data' }))).toBe('/data/voipbin-companion')
    expect(toDataDir(undefined, around('linux', { XDG_DATA_HOME: 'relative' }))).toBe(
      '/home/ana/.local/share/voipbin-companion',
    )
    expect(toDataDir(undefined, around('darwin'))).toBe(
      '/home/ana/Library/Application Support/VoIPBIN Companion',
    )
    expect(toDataDir(undefined, around('win32', { APPDATA: '/roaming' }))).toBe('/roaming/VoIPBIN Companion')
  })

  it('is the one of the flag, then the one of the environment', () => {
    const env = { VOIPBIN_COMPANION_DIR: '/env' }
    expect(toDataDir('/flag', around('linux', env))).toBe('/flag')
    expect(toDataDir(undefined, around('linux', env))).toBe('/env')
  })

  it('is made for its owner only', () => {
    const made = openDataDir(path.join(dir, 'a', 'b'))
    expect(statSync(made).mode & 0o777).toBe(0o700)
  })

  it('is named when it cannot be made', () => {
    writeFileSync(path.join(dir, 'file'), '')
    let thrown: unknown
    try {
      openDataDir(path.join(dir, 'file', 'x'))
    } catch (error) {
      thrown = error
    }
    const text = errorText(thrown)
    expect(text).toMatch(/profile folder cannot be written/)
    expect(text).toMatch(/Cause: .*file.x\n/)
    expect(text).toContain('--profile-dir')
  })
})

describe('addresses for outside', () => {
  it('are https and written by the parser', () => {
    expect(toExternalUrl('https://example.com/a b"c')).toBe('https://example.com/a%20b%22c')
  })
  it.each([
    'http://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:pw@example.com',
    'smb://x',
    '--flag',
    '',
  ])('are nothing for %j', (text) => expect(toExternalUrl(text)).toBeUndefined())
})

describe('arguments of the window program', () => {
  it('take the profile in both spellings and ignore what belongs to others', () => {
    expect(parseArguments(['--no-sandbox', '--hidden', '--profile-dir=/a'])).toMatchObject({
      profileDir: '/a',
    })
    expect(parseArguments(['--profile-dir', '/b', '.'])).toMatchObject({ profileDir: '/b' })
    expect(parseArguments(['--profile-dir', '--hidden'])).toMatchObject({ profileDir: undefined })
    expect(parseArguments(['--profile-dir='])).toMatchObject({ profileDir: undefined })
    expect(parseArguments(['--profile=Office', '.'])).toEqual({
      profileDir: undefined,
      profile: 'Office',
      hidden: false,
      link: undefined,
    })
    expect(parseArguments(['--hidden'])).toMatchObject({ hidden: true })
  })

  it('find the link of another program, before and behind the end of the switches', () => {
    expect(parseArguments(['.', '--', 'tel:+4930123456'])).toMatchObject({ link: 'tel:+4930123456' })
    expect(parseArguments(['SIP:2000@pbx.example', '--hidden'])).toMatchObject({
      link: 'SIP:2000@pbx.example',
    })
    expect(parseArguments(['https://example.com', '.'])).toMatchObject({ link: undefined })
  })
})

describe('coming back by itself', () => {
  it('happens three times a minute and again when time has passed', () => {
    let now = 0
    const restarts = createRestarts(3, 60_000, () => now)
    expect([1, 2, 3, 4].map(() => restarts.allow())).toEqual([true, true, true, false])
    now = 61_000
    expect(restarts.allow()).toBe(true)
  })
})

describe('the log file', () => {
  const file = () => path.join(dir, 'logs', 'companion.log')

  it('keeps lines without their secrets and echoes them', () => {
    const echoed: string[] = []
    const log = openFileLog(dir, { echo: (line) => echoed.push(line) })
    log.info('signed in', { accessKey: 'vb_1234567890' })
    expect(readFileSync(file(), 'utf8')).toMatch(/info {2}signed in/)
    expect(readFileSync(file(), 'utf8') + echoed.join()).not.toContain('1234567890')
  })

  it('turns over when it is full and keeps two old ones', () => {
    const log = openFileLog(dir, { maxBytes: 200 })
    for (let i = 0; i < 40; i++) log.info(`line ${i} ${'x'.repeat(50)}`)
    expect(readFileSync(file(), 'utf8')).toContain('line 39')
    expect(statSync(`${file()}.1`).size).toBeGreaterThan(0)
    expect(statSync(`${file()}.2`).size).toBeGreaterThan(0)
    expect(statSync(file()).size).toBeLessThan(500)
  })

  it('is given up silently where it cannot be written', () => {
    writeFileSync(path.join(dir, 'logs'), 'a file in the way')
    expect(() => openFileLog(dir).info('still alive')).not.toThrow()
  })
})

describe('finding a browser', () => {
  it('looks where each system keeps them', () => {
    expect(chromiumPlaces('linux', { PATH: '/opt/bin:relative' }, '/h')[0]).toBe('/opt/bin/chromium')
    expect(chromiumPlaces('linux', {}, '/h')).toContain('/snap/bin/chromium')
    expect(chromiumPlaces('darwin', {}, '/h')[0]).toBe(
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    )
    expect(
      chromiumPlaces('win32', { PROGRAMFILES: 'C:' }, '/h').some((place) => place.endsWith('msedge.exe')),
    ).toBe(true)
  })

  it('takes no other one when the named one does not run', () => {
    expect(findChromium({ ...process.env, CHROMIUM_PATH: path.join(dir, 'missing') })).toBeUndefined()
    writeFileSync(path.join(dir, 'stub'), '#!/bin/sh\necho "install the snap" >&2\nexit 1\n', { mode: 0o755 })
    expect(findChromium({ ...process.env, CHROMIUM_PATH: path.join(dir, 'stub') })).toBeUndefined()
  })

  it('tells a browser’s version', () => {
    const browser = path.join(dir, 'browser')
    writeFileSync(browser, '#!/bin/sh\necho "Chromium 1.2.3 "\n', { mode: 0o755 })
    expect(findChromium({ CHROMIUM_PATH: browser })).toEqual({
      path: browser,
      version: 'Chromium 1.2.3',
      snap: false,
    })
  })

  it('knows a wrapper of a snap, whose profile must live elsewhere', () => {
    const browser = path.join(dir, 'wrapper')
    writeFileSync(
      browser,
      '#!/bin/sh\n[ "$1" = --version ] && echo "Chromium 1" && exit\nexec /snap/bin/chromium "$@"\n',
      { mode: 0o755 },
    )
    expect(findChromium({ CHROMIUM_PATH: browser })?.snap).toBe(true)
  })

  it('finds Electron in the folder that the environment names', () => {
    expect(findElectron(dir, {})).toBeUndefined()
    writeFileSync(path.join(dir, 'electron'), '')
    writeFileSync(path.join(dir, 'version'), 'v45.3.4\n')
    expect(findElectron('/nowhere', { ELECTRON_OVERRIDE_DIST_PATH: dir })?.version).toBe('45.3.4')
  })
})

describe('ports to a page that comes and goes', () => {
  it('carry messages of the current page only, and each page gets its own', () => {
    const posted: unknown[] = []
    const opened: Array<{ port: Port; heard: unknown[]; detached: boolean }> = []
    const ports = createPagePorts(
      (port) => {
        const entry = { port, heard: [] as unknown[], detached: false }
        port.onMessage((message) => entry.heard.push(message))
        opened.push(entry)
        return () => {
          entry.detached = true
        }
      },
      (message) => posted.push(message),
    )
    ports.receive('before any page')
    ports.renew()
    ports.receive('one')
    ports.renew()
    ports.receive('two')
    opened[0]?.port.send('from the past')
    opened[1]?.port.send('now')
    ports.drop()
    opened[1]?.port.send('too late')
    expect(opened.map((entry) => entry.heard)).toEqual([['one'], ['two']])
    expect(opened.map((entry) => entry.detached)).toEqual([true, true])
    expect(posted).toEqual(['now'])
  })
})
