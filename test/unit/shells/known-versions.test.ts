// A browser is asked for its version once, and again when it was replaced.
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findChromium } from '../../../main/shells/chromium/find-chromium.ts'
import { openKnownVersions } from '../../../main/shells/chromium/known-versions.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'companion-versions-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe('the version of a browser', () => {
  it('is remembered over starts, for the file as it was', () => {
    const browser = path.join(dir, 'chromium')
    writeFileSync(browser, 'one')
    expect(openKnownVersions(dir).get(browser)).toBeUndefined()
    openKnownVersions(dir).put(browser, 'Chromium 1')
    expect(openKnownVersions(dir).get(browser)).toBe('Chromium 1')
    utimesSync(browser, 1, 1)
    expect(openKnownVersions(dir).get(browser)).toBeUndefined()
  })

  it('is not taken from a file that is broken, and a folder that cannot be written only costs time', () => {
    const browser = path.join(dir, 'chromium')
    writeFileSync(browser, 'one')
    for (const broken of ['{', '[1]', '{"x":3}', 'null']) {
      writeFileSync(path.join(dir, 'browsers.json'), broken)
      expect(openKnownVersions(dir).get(browser)).toBeUndefined()
    }
    const versions = openKnownVersions(path.join(dir, 'nowhere'))
    versions.put(browser, 'Chromium 1')
    expect(versions.get(browser)).toBe('Chromium 1')
  })

  it.skipIf(process.platform === 'win32')('is asked for once by the search', () => {
    const browser = path.join(dir, 'asked-browser')
    const asked = path.join(dir, 'asked')
    writeFileSync(browser, `#!/bin/sh\necho x >> ${asked}\necho Chromium 9\n`, { mode: 0o755 })
    const versions = openKnownVersions(dir)
    expect(findChromium({ CHROMIUM_PATH: browser }, versions)?.version).toBe('Chromium 9')
    expect(openKnownVersions(dir).get(browser)).toBe('Chromium 9')
    expect(readFileSync(asked, 'utf8')).toBe('x\n')
  })
})
