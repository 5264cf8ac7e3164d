// Why a server is not trusted, as one line that a person reads and a window can read back: host, key, names, signer.

export interface Untrusted {
  host: string
  /** SHA-256 of the key it showed (SPKI), base64. */
  sha256: string
  /** The host has a pin, and this is another key. */
  differs: boolean
  /** Until when the certificate is valid: `2027-01-31`. */
  until: string | undefined
  /** For which names it was made, as it says itself. */
  names: string | undefined
  /** Who signed it, as it says itself. */
  issuer: string | undefined
}

interface Evidence extends Pick<Untrusted, 'host' | 'sha256' | 'differs'> {
  why: string
  issuer: string
  names: string
  until: Date
}

/** Host, key and date first: what follows comes from the certificate and may hold anything, but no semicolon. */
export function toUntrustedText({ host, sha256, differs, why, issuer, names, until }: Evidence): string {
  return [
    `${host}: key SHA-256 ${sha256}${differs ? ', not the pinned one' : ''}`,
    `until ${Number.isNaN(until.getTime()) ? 'unknown' : until.toISOString().slice(0, 10)}`,
    `for ${toWords(names)}`,
    `signed by ${toWords(issuer)}`,
    toWords(why),
  ].join('; ')
}

const toWords = (text: string) => text.replaceAll(/[;\s]+/g, ' ').slice(0, 200)

const line = /^(\S+): key SHA-256 ([A-Za-z0-9+/]{43}=)(, not the pinned one)?;/
const more = /^[^;]*; until ([^;]*); for ([^;]*); signed by ([^;]*);/

/** Nothing when the server showed no certificate at all. */
export function readUntrusted(text: string): Untrusted | undefined {
  const [, host, sha256, differs] = line.exec(text) ?? []
  if (host === undefined || sha256 === undefined) return undefined
  const [, until, names, issuer] = more.exec(text) ?? []
  return { host, sha256, differs: differs !== undefined, until, names, issuer }
}
