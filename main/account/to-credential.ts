// What a person pasted → a credential: keys and tokens are told apart by their look, wherever they were pasted.
import { readClaims } from '../platform/claims.ts'
import type { OwnCredential } from './stored-credential.ts'

/** Access keys begin with `vb_` (contract B.2); sent as a token they would get a 401 that says nothing. */
export function toCredential(pasted: string, meant: 'accessKey' | 'token'): OwnCredential {
  const text = pasted.trim().replace(/^Bearer\s+/i, '')
  const isKey = text.startsWith('vb_') || (meant === 'accessKey' && readClaims(text) === undefined)
  return isKey
    ? { by: 'accessKey', credential: { kind: 'accessKey', accessKey: text } }
    : { by: 'token', credential: { kind: 'token', token: text } }
}
