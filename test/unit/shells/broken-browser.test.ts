// Browsers that do not come up: said why, nothing left behind.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../../common/kit/log.ts'
import { createScope } from '../../../common/kit/scope.ts'
import { openChromiumShell } from '../../../main/shells/chromium/shell.ts'
import { defaultPlace } from '../../../main/shells/window-place.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'broken-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const open = (script: string, startMs = 30_000) => {
  const browserPath = path.join(dir, 'browser')
  writeFileSync(browserPath, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const scope = createScope('test')
  return openChromiumShell(scope, {
    browserPath,
    startMs,
    pageDir: dir,
    dataDir: dir,
    userDataDir: path.join(dir, 'chromium'),
    headless: true,
    place: defaultPlace,
    log: createLog(() => {}),
    app: Promise.resolve({ attach: () => () => {} }),
  })
}

describe('a browser that does not come up', () => {
  it('is reported with its last words', async () => {
    await expect(open('echo "cannot open display" >&2; exit 3')).rejects.toThrow(
      /ended \(3\).*cannot open display/,
    )
  })

  it('is reported when it cannot be started at all', async () => {
    const scope = createScope('test')
    await expect(
      openChromiumShell(scope, {
        browserPath: path.join(dir, 'missing'),
        pageDir: dir,
        dataDir: dir,
        userDataDir: dir,
        headless: true,
        place: defaultPlace,
        log: createLog(() => {}),
        app: Promise.resolve({ attach: () => () => {} }),
      }),
    ).rejects.toThrow(/missing/)
  })

  it('is ended when it runs but never answers', async () => {
    await expect(open('exec sleep 60', 100)).rejects.toThrow(/does not answer/)
  })
})
