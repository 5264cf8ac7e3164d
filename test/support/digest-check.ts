// What a registrar does with credentials: the sum done again with Node's own hashes, which the phone does not use.
import { createHash } from 'node:crypto'

const names: Record<string, string> = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' }

export function readCredentials(value: string): Record<string, string> {
  const found = value.matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^,\s]+))/g)
  return Object.fromEntries([...found].map(([, name = '', quoted, bare]) => [name, quoted ?? bare ?? '']))
}

/** Whether these credentials prove that their sender knows the password (RFC 7616 section 3.4, qop auth). */
export function proves(value: string, method: string, password: string): boolean {
  const { username, realm, nonce, uri, response, nc, cnonce, qop, algorithm = 'MD5' } = readCredentials(value)
  const h = (text: string) =>
    createHash(names[algorithm] ?? 'md5')
      .update(text)
      .digest('hex')
  const secret = h(`${username}:${realm}:${password}`)
  return response === h(`${secret}:${nonce}:${nc}:${cnonce}:${qop}:${h(`${method}:${uri}`)}`)
}
