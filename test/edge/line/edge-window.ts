// The real window of a shell at practice over the real edge, on a certificate that a person has pinned.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Settings } from '../../../common/model/settings.ts'
import { type CompanionWindow, openCompanion, type ShellName } from '../../support/companion-window.ts'
import { type EdgePractice, openEdgePractice } from './edge-practice.ts'

/** What is opened is given to `add`, to be closed last in first out. The microphone is silent for ten seconds by itself. */
export async function openEdgeWindow(
  shell: ShellName,
  add: (close: () => unknown) => void,
  micFile?: string,
): Promise<{ platform: EdgePractice; window: CompanionWindow }> {
  const platform = await openEdgePractice()
  add(platform.close)
  const { apiUrl, edge } = platform
  const profileDir = mkdtempSync(path.join(tmpdir(), 'companion-edge-window-'))
  add(() => rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 }))
  const settings: Partial<Settings> = {
    environment: 'custom',
    apiUrl,
    edgeUrl: edge.wssUrl,
    pins: [{ host: edge.host, sha256: edge.spki }],
  }
  writeFileSync(path.join(profileDir, 'settings.json'), JSON.stringify(settings))
  const window = await openCompanion(shell, { profileDir, ...(micFile ? { micFile } : {}) })
  add(() => window.close())
  return { platform, window }
}
