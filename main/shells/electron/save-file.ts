// Saves a file where the person says so, in the system's own dialog.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { app, dialog } from 'electron'

/** Resolves with the file's path, or with nothing when the person changed their mind. */
export async function saveByDialog(name: string, text: string | Uint8Array): Promise<string | undefined> {
  const defaultPath = path.join(app.getPath('downloads'), path.basename(name))
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath })
  if (canceled || !filePath) return undefined
  await writeFile(filePath, text, { mode: 0o600 })
  return filePath
}
