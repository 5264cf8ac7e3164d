// The credential of each server in the key store: one entry an API address.
import { z } from 'zod'
import type { CredentialKind } from '../../common/model/account.ts'
import type { SecretStore } from '../host.ts'
import type { Credential } from '../platform/platform.ts'

/** How the person signed in, and what came of it. A password itself is never kept, only its token. */
export interface OwnCredential {
  by: CredentialKind
  credential: Credential
}

const Stored = z.object({ by: z.enum(['accessKey', 'password', 'token']), secret: z.string().min(1) })

/** Its entry in the key store. */
export const toCredentialEntry = (apiUrl: string) => `account:${apiUrl}`

export async function readStored(secrets: SecretStore, apiUrl: string): Promise<OwnCredential | undefined> {
  const text = await secrets.get(toCredentialEntry(apiUrl))
  if (text === undefined) return undefined
  try {
    const { by, secret } = Stored.parse(JSON.parse(text))
    return {
      by,
      credential:
        by === 'accessKey' ? { kind: 'accessKey', accessKey: secret } : { kind: 'token', token: secret },
    }
  } catch {
    // Written by something else: as good as nothing.
    return undefined
  }
}

export function writeStored(secrets: SecretStore, apiUrl: string, own: OwnCredential): Promise<void> {
  const { credential, by } = own
  const secret = credential.kind === 'accessKey' ? credential.accessKey : credential.token
  return secrets.set(toCredentialEntry(apiUrl), JSON.stringify({ by, secret }))
}

export function forgetStored(secrets: SecretStore, apiUrl: string): Promise<void> {
  return secrets.delete(toCredentialEntry(apiUrl))
}
