// The fields of a sign-in, the request they make once complete, and what of them is known before anybody types.
import type { Account } from '../../common/model/account.ts'

export interface Credentials {
  by: 'accessKey' | 'password' | 'token'
  accessKey: string
  username: string
  password: string
  token: string
}

export const noCredentials: Credentials = {
  by: 'accessKey',
  accessKey: '',
  username: '',
  password: '',
  token: '',
}

/** Who signs in again has a name already; a token itself cannot be had again without the password. */
export function toKnown(account: Account): Credentials {
  if (account.status === 'signedOut' || account.status === 'signingIn') return noCredentials
  const { username, credential } = account
  if (!username) return noCredentials
  return { ...noCredentials, by: credential === 'accessKey' ? 'accessKey' : 'password', username }
}

export type SignIn =
  | { by: 'accessKey'; accessKey: string }
  | { by: 'password'; username: string; password: string }
  | { by: 'token'; token: string }

export function toSignIn(c: Credentials): SignIn | undefined {
  if (c.by === 'accessKey') {
    return c.accessKey.trim() ? { by: 'accessKey', accessKey: c.accessKey.trim() } : undefined
  }
  if (c.by === 'token') return c.token.trim() ? { by: 'token', token: c.token.trim() } : undefined
  return c.username.trim() && c.password
    ? { by: 'password', username: c.username.trim(), password: c.password }
    : undefined
}
