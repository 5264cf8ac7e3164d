// The browser of the Chromium shell: found, installed where we may, or explained.
import { AppError } from '../../common/kit/errors.ts'
import { findChromium } from '../shells/chromium/find-chromium.ts'
import { ensureInstalled, installCommand, type SystemPackage } from './system-packages.ts'

const chromium: SystemPackage = {
  command: 'chromium',
  debian: 'chromium',
  why: 'run the phone (WebRTC, SIP) when Electron is not there',
}

/** Throws AppError `app.browserMissing` with the command that brings one. */
export function requireBrowser(): { path: string; version: string } {
  const found = findChromium()
  if (found) return found
  ensureInstalled([chromium])
  const installed = findChromium()
  if (installed) return installed
  throw new AppError('app.browserMissing', {
    detail: `${installCommand(chromium.debian)} — or set CHROMIUM_PATH`,
  })
}
