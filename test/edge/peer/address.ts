// Addresses in SIP headers: `"Ada" <sip:ada@example.test;transport=ws>;tag=1` taken apart.
import { randomBytes } from 'node:crypto'

export interface Address {
  displayName: string
  uri: string
  params: Record<string, string>
}

export interface Uri {
  scheme: string
  user: string
  host: string
  port: number | undefined
  params: Record<string, string>
  /** What stands behind `?`, decoded: Refer-To carries Replaces so (RFC 3891). */
  headers: Record<string, string>
}

export function parseAddress(value: string): Address {
  const named = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^>]*)>(.*)$/s.exec(value)
  if (named) {
    const displayName = (named[1]?.replaceAll(/\\(.)/g, '$1') ?? named[2] ?? '').trim()
    return { displayName, uri: named[3] ?? '', params: parseParams(named[4] ?? '') }
  }
  // Without brackets the parameters belong to the header, not to the URI (RFC 3261 section 20.10).
  const [uri = '', ...rest] = value.trim().split(';')
  return { displayName: '', uri, params: parseParams(rest.join(';')) }
}

export function parseUri(uri: string): Uri {
  const match = /^(sips?|tel):(?:([^@?]*)@)?(\[[^\]]*\]|[^:;?]*)(?::(\d+))?([^?]*)(?:\?(.*))?$/i.exec(uri)
  if (!match) throw new Error(`no SIP address: ${uri}`)
  const headers: Record<string, string> = {}
  for (const pair of (match[6] ?? '').split('&')) {
    const [name = '', ...value] = pair.split('=')
    if (name !== '') headers[name] = decodeURIComponent(value.join('='))
  }
  return {
    scheme: match[1] ?? '',
    user: decodeURIComponent(match[2] ?? ''),
    host: match[3] ?? '',
    port: match[4] === undefined ? undefined : Number(match[4]),
    params: parseParams(match[5] ?? ''),
    headers,
  }
}

function parseParams(text: string): Record<string, string> {
  const out: Record<string, string> = {}
  for (const part of text.split(';')) {
    const [name = '', ...value] = part.split('=')
    if (name.trim() !== '') out[name.trim().toLowerCase()] = value.join('=').trim()
  }
  return out
}

export function tagOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : parseAddress(value).params.tag
}

export const token = (bytes = 8) => randomBytes(bytes).toString('hex')

/** RFC 3261 section 8.1.1.7: a branch begins with these seven characters. */
export const newBranch = () => `z9hG4bK${token()}`
