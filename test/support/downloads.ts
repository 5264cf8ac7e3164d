// A folder for downloads of one test: where the shells save, without asking anybody.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach } from 'vitest'

/** New before each test and gone after it; call it before what closes the window. */
export function freshDownloads(): { readonly folder: string } {
  const before = process.env.XDG_DOWNLOAD_DIR
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'companion-downloads-'))
    process.env.XDG_DOWNLOAD_DIR = folder
  })
  afterEach(() => {
    if (before === undefined) delete process.env.XDG_DOWNLOAD_DIR
    else process.env.XDG_DOWNLOAD_DIR = before
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    get folder() {
      return folder
    },
  }
}
