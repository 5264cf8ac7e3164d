// The browser of the Chromium shell: found, installed where we may, or explained.
import { AppError } from '../../common/kit/errors.ts'
import { findChromium } from '../shells/chromium/find-chromium.ts'
import { openKnownVersions } from '../shells/chromium/known-versions.ts'
import { toDataDir } from '../shells/data-dir.ts'
import { ensureInstalled, installCommand, type SystemPackage } from './system-packages.ts'

const chromium: SystemPackage = {
  command: 'chromium',
  debian: 'chromium',
  why: 'run the phone (WebRTC, SIP) when Electron is not there',
}

/** Of a profile: it remembers which browser said what. Throws AppError `app.browserMissing` with the command that brings one. */
export function requireBrowser(profileDir?: string): { path: string; version: string } {
  const versions = openKnownVersions(toDataDir(profileDir))
  const found = findChromium(process.env, versions)
  if (found) return found
  ensureInstalled([chromium])
  const installed = findChromium()
  if (installed) return installed
  throw new AppError('app.browserMissing', {
    detail: `${installCommand(chromium.debian)} — or set CHROMIUM_PATH`,
  })
}
