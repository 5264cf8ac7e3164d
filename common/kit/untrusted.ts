// Why a server is not trusted, as one line that a person reads and a window can read back: host, key, reason.

export interface Untrusted {
  host: string
  /** SHA-256 of the key it showed (SPKI), base64. */
  sha256: string
  /** The host has a pin, and this is another key. */
  differs: boolean
}

interface Evidence extends Untrusted {
  why: string
  issuer: string
}

/** Host and key first: what follows comes from the certificate and may hold anything. */
export function toUntrustedText({ host, sha256, differs, why, issuer }: Evidence): string {
  const key = `${host}: key SHA-256 ${sha256}`
  return `${differs ? `${key}, not the pinned one` : `${key}; ${why}`}; issued by ${issuer}`
}

const line = /^(\S+): key SHA-256 ([A-Za-z0-9+/]{43}=)(, not the pinned one)?;/

/** Nothing when the server showed no certificate at all. */
export function readUntrusted(text: string): Untrusted | undefined {
  const [, host, sha256, differs] = line.exec(text) ?? []
  if (host === undefined || sha256 === undefined) return undefined
  return { host, sha256, differs: differs !== undefined }
}
