// Secrets: the system's key store when it really works, memory otherwise, never plain text on disk.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../../common/kit/log.ts'
import { type KeyringEntry, openKeyringSecrets } from '../../../main/shells/chromium/keyring-secrets.ts'
import {
  openSafeStorageSecrets,
  type SafeStorage,
} from '../../../main/shells/electron/safe-storage-secrets.ts'

let dir = ''
let lines: string[] = []
const log = createLog((line) => lines.push(line), 'debug')
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'secrets-'))
  lines = []
})
afterEach(() => rmSync(dir, { recursive: true }))

const turned = (text: string) => Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 0x55))
const turnedBack = (bytes: Buffer) => Buffer.from([...bytes].map((byte) => byte ^ 0x55)).toString()

const oldStorage = (more: Partial<SafeStorage> = {}): SafeStorage => ({
  isEncryptionAvailable: () => true,
  encryptString: turned,
  decryptString: turnedBack,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  ...more,
})
const newStorage = (more: Partial<SafeStorage> = {}): SafeStorage =>
  oldStorage({
    encryptString: () => {
      throw new Error('deprecated')
    },
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => turned(text),
    decryptStringAsync: async (bytes) => ({ result: turnedBack(bytes), shouldReEncrypt: false }),
    ...more,
  })

describe.each([
  ['synchronous', oldStorage],
  ['asynchronous', newStorage],
])('secrets by the %s interface of Electron', (_name, aStorage) => {
  it('are kept over a restart, encrypted, for the owner only', async () => {
    const first = await openSafeStorageSecrets(aStorage(), dir, log)
    expect(first.kept).toBe('kept')
    await first.set('token', 'grüße-123')
    const file = path.join(dir, 'secrets.json')
    expect(readFileSync(file, 'utf8')).not.toContain('123')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const second = await openSafeStorageSecrets(aStorage(), dir, log)
    expect(await second.get('token')).toBe('grüße-123')
    await second.delete('token')
    expect(await (await openSafeStorageSecrets(aStorage(), dir, log)).get('token')).toBeUndefined()
  })

  it('stay in memory when the key is a constant', async () => {
    const storage = aStorage({ getSelectedStorageBackend: () => 'basic_text' })
    const secrets = await openSafeStorageSecrets(storage, dir, log)
    await secrets.set('token', 'x')
    expect([secrets.kept, await secrets.get('token')]).toEqual(['memory', 'x'])
    expect(lines.join()).toContain('memory only')
  })

  it('stay in memory when there is no encryption', async () => {
    const storage = aStorage({
      isEncryptionAvailable: () => false,
      isAsyncEncryptionAvailable: async () => false,
    })
    const asyncOnly = storage.encryptStringAsync
      ? storage
      : { ...storage, isAsyncEncryptionAvailable: undefined }
    expect((await openSafeStorageSecrets(asyncOnly as SafeStorage, dir, log)).kept).toBe('memory')
  })
})

describe('secrets of Electron', () => {
  it('survive writes that overlap', async () => {
    const secrets = await openSafeStorageSecrets(oldStorage(), dir, log)
    await Promise.all(Array.from({ length: 10 }, (_, i) => secrets.set(`n${i}`, `v${i}`)))
    const again = await openSafeStorageSecrets(oldStorage(), dir, log)
    expect(await Promise.all([0, 5, 9].map((i) => again.get(`n${i}`)))).toEqual(['v0', 'v5', 'v9'])
  })

  it('are as good as never kept when file or key have changed', async () => {
    writeFileSync(path.join(dir, 'secrets.json'), '{"token":"AAAA"}')
    const broken = oldStorage({
      decryptString: (bytes) => {
        if (turnedBack(bytes) !== 'probe') throw new Error('wrong key')
        return 'probe'
      },
    })
    expect(await (await openSafeStorageSecrets(broken, dir, log)).get('token')).toBeUndefined()
    writeFileSync(path.join(dir, 'secrets.json'), 'no json')
    expect(await (await openSafeStorageSecrets(oldStorage(), dir, log)).get('token')).toBeUndefined()
  })
})

describe('secrets in the key store of the system', () => {
  const aStore = () => {
    const stored = new Map<string, string>()
    const open = (service: string, account: string): KeyringEntry => ({
      getPassword: () => stored.get(`${service}/${account}`) ?? null,
      setPassword: (password) => void stored.set(`${service}/${account}`, password),
      deletePassword: () => stored.delete(`${service}/${account}`),
    })
    return { stored, open }
  }

  it('are kept when a probe comes back, and the probe is removed', async () => {
    const { stored, open } = aStore()
    const secrets = await openKeyringSecrets(dir, log, async () => open)
    expect([secrets.kept, stored.size]).toEqual(['kept', 0])
    await secrets.set('token', 'x')
    expect(await secrets.get('token')).toBe('x')
    await secrets.delete('token')
    expect(await secrets.get('token')).toBeUndefined()
  })

  it('are not shared between profiles', async () => {
    const { open } = aStore()
    await (await openKeyringSecrets('/a', log, async () => open)).set('token', 'x')
    expect(await (await openKeyringSecrets('/b', log, async () => open)).get('token')).toBeUndefined()
  })

  it.each([
    ['the module is missing', async () => Promise.reject(new Error('no module'))],
    [
      'the store is locked',
      async () => () => {
        throw new Error('AccessDenied')
      },
    ],
    [
      'the store forgets',
      async () => () => ({ getPassword: () => null, setPassword: () => {}, deletePassword: () => false }),
    ],
  ])('stay in memory when %s', async (_why, load) => {
    const secrets = await openKeyringSecrets(dir, log, load)
    await secrets.set('token', 'x')
    expect([secrets.kept, await secrets.get('token')]).toEqual(['memory', 'x'])
  })
})
