// The Electron shell: the same promises. Skipped, and said so, where there is no Electron runtime.
import { beforeAll, describe, it } from 'vitest'
import { findElectronRuntime } from '../../support/electron-runtime.ts'
import { describeShell } from './promises.ts'
import { buildElectronFixture } from './shell-under-test.ts'

const runtime = findElectronRuntime()

if (!runtime) {
  console.warn('\n!! No Electron runtime is to be had here: the tests of the Electron shell are SKIPPED.\n')
  describe('the electron shell', () => {
    it.skip('needs ELECTRON_OVERRIDE_DIST_PATH or node_modules/electron/dist', () => {})
  })
} else {
  let electronMain = ''
  beforeAll(async () => {
    electronMain = await buildElectronFixture()
  })
  describeShell('electron', { electronMain: () => electronMain })
}
