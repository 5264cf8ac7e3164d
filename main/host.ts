// What a shell supplies to main: the things that differ between Electron, the Chromium shell and a test.
import type { Log } from '../common/kit/log.ts'
import type { Scope } from '../common/kit/scope.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { DeskFace } from '../common/model/ringing.ts'
import type { Dialect, Settings } from '../common/model/settings.ts'
import type { GlobalAction, Outside } from '../common/model/wish.ts'

export interface Host {
  shell: AppState['shell']
  /** Folder of this profile: settings and state files. Exists and is writable when given. */
  dataDir: string
  /** The profile to start with, by its name; nothing: the one that was in use. */
  profile?: string | undefined
  secrets: SecretStore
  log: Log
  /** BCP 47, most wanted first. A run without a window has none: its reports are English for whatever reads them. */
  languages?: readonly string[]
  /** Opens an https address in the person's browser. */
  openExternal(url: string): Promise<void>
  /** Puts a text into a file that the person chooses or finds: its path, or nothing when they changed their mind. */
  saveFile(name: string, text: string | Uint8Array): Promise<string | undefined>
  /** Starts the practice platform as a process of its own; it ends with `scope`. */
  openPractice(scope: Scope, options: { dialect: Dialect }): Promise<PracticeAddress>
  /** The system's proxy for an address, as a PAC script would say it; a shell that cannot tell has none. */
  resolveProxy?(url: string): Promise<string>
}

/** What a shell shows outside the window, and what people do there. */
export interface Desk {
  face(): DeskFace
  /** With every change. */
  watch(listener: (face: DeskFace) => void): () => void
  /** A failure becomes a notice in the window. */
  answer(sessionId: string): Promise<void>
  decline(sessionId: string): Promise<void>
  change(patch: Partial<Pick<Settings, 'doNotDisturb' | 'startAtLogin' | 'closingTold' | 'openLinks'>>): void
  /** Whether a tray icon leads back to a closed window. */
  hasTray(is: boolean): void
  /** A link of another program that asks to call somebody: into the field, never dialled. */
  openLink(link: string): void
  /** An action of the window, asked for outside of it. */
  run(action: GlobalAction): void
  /** What of this the shell has, and what the system refused. */
  outside(patch: Partial<Outside>): void
}

/** What the practice process prints when it is ready. Its key is made up at each start and opens nothing else. */
export interface PracticeAddress {
  apiUrl: string
  edgeUrl: string
  baseDomain: string
  accessKey: string
  voice: string
  recogniser: string
}

/** Keeps secrets in the system's key store, or in memory when there is none. */
export interface SecretStore {
  readonly kept: 'kept' | 'memory'
  get(name: string): Promise<string | undefined>
  set(name: string, secret: string): Promise<void>
  delete(name: string): Promise<void>
}

export function createMemorySecrets(): SecretStore {
  const secrets = new Map<string, string>()
  return {
    kept: 'memory',
    get: async (name) => secrets.get(name),
    set: async (name, secret) => void secrets.set(name, secret),
    delete: async (name) => void secrets.delete(name),
  }
}
