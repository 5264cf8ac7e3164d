// Secrets in the system's key store, through a native module that may be missing and a service that may be locked.
import { createHash, randomBytes } from 'node:crypto'
import type { Log } from '../../../common/kit/log.ts'
import { createMemorySecrets, type SecretStore } from '../../host.ts'

/** The part of the keyring's entry that we use. */
export interface KeyringEntry {
  getPassword(): string | null
  setPassword(password: string): void
  deletePassword(): boolean
}

export type OpenEntry = (service: string, account: string) => KeyringEntry

/** The system's store when it passes a write, a read and a delete; else memory. Two profiles never share a secret. */
export async function openKeyringSecrets(
  dataDir: string,
  log: Log,
  load: () => Promise<OpenEntry> = loadKeyring,
): Promise<SecretStore> {
  try {
    const open = await load()
    const service = `VoIPBIN Companion ${createHash('sha256').update(dataDir).digest('hex').slice(0, 8)}`
    probe(open(service, 'probe'))
    return createKeyringSecrets((name) => open(service, name))
  } catch (error) {
    log.warn('no key store: secrets are kept in memory only', {
      why: error instanceof Error ? error.message : String(error),
    })
    return createMemorySecrets()
  }
}

async function loadKeyring(): Promise<OpenEntry> {
  const { Entry } = await import('@napi-rs/keyring')
  return (service, account) => new Entry(service, account)
}

function probe(entry: KeyringEntry): void {
  const value = randomBytes(8).toString('hex')
  entry.setPassword(value)
  const read = entry.getPassword()
  entry.deletePassword()
  if (read !== value) throw new Error('the key store does not give back what it was given')
}

function createKeyringSecrets(entry: (name: string) => KeyringEntry): SecretStore {
  return {
    kept: 'kept',
    get: async (name) => {
      try {
        return entry(name).getPassword() ?? undefined
      } catch {
        // Some stores throw where others return nothing.
        return undefined
      }
    },
    set: async (name, secret) => entry(name).setPassword(secret),
    delete: async (name) => {
      try {
        entry(name).deletePassword()
      } catch {
        // It was not there.
      }
    },
  }
}
