// Entry of the Electron program: what `package.json` names as main.
import { app, dialog } from 'electron'
import { createApp } from '../../app.ts'
import { findProgramFiles } from '../root-dir.ts'
import { startElectron } from './start.ts'

// Without a top-level await: Electron gets ready only after this module has been evaluated.
startElectron({ createApp, files: findProgramFiles() }).catch((error: unknown) => {
  dialog.showErrorBox(
    'VoIPBIN Companion could not start',
    error instanceof Error ? error.message : String(error),
  )
  app.exit(1)
})
