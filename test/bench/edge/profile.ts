// The settings of somebody who uses this edge: its address, its certificate pinned, an extension of one's own.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Settings } from '../../../common/model/settings.ts'
import type { Profile } from '../support/companion.ts'
import type { Stage } from './stage.ts'

export function makeProfile({ edge, practice, baseDomain, folder }: Stage, extension: string): Profile {
  const dir = path.join(folder, `profile-of-${extension}`)
  mkdirSync(dir, { recursive: true })
  const settings: Partial<Settings> = {
    environment: 'custom',
    apiUrl: practice.address.apiUrl,
    baseDomain,
    edgeUrl: edge.wssUrl,
    extension,
    pins: [{ host: edge.host, sha256: edge.spki }],
  }
  writeFileSync(path.join(dir, 'settings.json'), JSON.stringify(settings))
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }) }
}
