// Secrets in a file of the profile, encrypted with a key that the system's key store holds.
import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Log } from '../../../common/kit/log.ts'
import { createMemorySecrets, type SecretStore } from '../../host.ts'

/** The part of Electron's safeStorage that we use; the asynchronous half is missing before Electron 40. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean
  encryptString(text: string): Buffer
  decryptString(encrypted: Buffer): string
  isAsyncEncryptionAvailable?(): Promise<boolean>
  encryptStringAsync?(text: string): Promise<Buffer>
  decryptStringAsync?(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>
  /** Linux only. */
  getSelectedStorageBackend?(): string
}

interface Cipher {
  encrypt(text: string): Promise<Buffer>
  decrypt(encrypted: Buffer): Promise<string>
}

/** The system's store when it gives back what it was given; else memory. */
export async function openSafeStorageSecrets(
  storage: SafeStorage,
  dataDir: string,
  log: Log,
): Promise<SecretStore> {
  try {
    const cipher = await openCipher(storage)
    if ((await cipher.decrypt(await cipher.encrypt('probe'))) !== 'probe')
      throw new Error('it does not decrypt')
    return createFileSecrets(path.join(dataDir, 'secrets.json'), cipher, log)
  } catch (error) {
    log.warn('no key store: secrets are kept in memory only', {
      why: error instanceof Error ? error.message : String(error),
    })
    return createMemorySecrets()
  }
}

async function openCipher(storage: SafeStorage): Promise<Cipher> {
  // On Linux without a key store the key is a constant in the program: that is no encryption.
  const backend = storage.getSelectedStorageBackend?.()
  if (backend === 'basic_text' || backend === 'unknown') throw new Error(`the backend is ${backend}`)
  const { encryptStringAsync, decryptStringAsync, isAsyncEncryptionAvailable } = storage
  if (encryptStringAsync && decryptStringAsync && isAsyncEncryptionAvailable) {
    if (!(await isAsyncEncryptionAvailable.call(storage))) throw new Error('encryption is not available')
    return {
      encrypt: (text) => encryptStringAsync.call(storage, text),
      decrypt: async (encrypted) => (await decryptStringAsync.call(storage, encrypted)).result,
    }
  }
  if (!storage.isEncryptionAvailable()) throw new Error('encryption is not available')
  return {
    encrypt: async (text) => storage.encryptString(text),
    decrypt: async (encrypted) => storage.decryptString(encrypted),
  }
}

const Stored = z.record(z.string(), z.string())

function createFileSecrets(file: string, cipher: Cipher, log: Log): SecretStore {
  const secrets = new Map(Object.entries(readStored(file)))
  let writing: Promise<unknown> = Promise.resolve()
  // One write after the other, each by a rename: a crash leaves the old file or the new one.
  const save = () => {
    const text = JSON.stringify(Object.fromEntries(secrets))
    const written = writing.then(async () => {
      await writeFile(`${file}.new`, text, { mode: 0o600 })
      await rename(`${file}.new`, file)
    })
    writing = written.catch(() => {})
    return written
  }
  return {
    kept: 'kept',
    get: async (name) => {
      const stored = secrets.get(name)
      if (stored === undefined) return undefined
      try {
        return await cipher.decrypt(Buffer.from(stored, 'base64'))
      } catch {
        // Another machine's profile, or a new key store: as good as never kept.
        log.warn('a stored secret cannot be read any more', { name })
        return undefined
      }
    },
    set: async (name, secret) => {
      secrets.set(name, (await cipher.encrypt(secret)).toString('base64'))
      await save()
    },
    delete: async (name) => {
      if (secrets.delete(name)) await save()
    },
  }
}

function readStored(file: string): Record<string, string> {
  try {
    return Stored.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}
