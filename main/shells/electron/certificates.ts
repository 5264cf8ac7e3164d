// Pins: a certificate the system does not trust passes when its public key is the one pinned for this very host.
import { createHash, X509Certificate } from 'node:crypto'
import type { Pin } from '../../../common/model/settings.ts'

/** Electron's answers: 0 = trust; -3 = take Chromium's own verdict. */
export type Verdict = 0 | -3

export function verify(pins: readonly Pin[], host: string, certificatePem: string): Verdict {
  const own = pins.filter((pin) => pin.host.toLowerCase() === host.toLowerCase())
  if (own.length === 0) return -3
  const key = toPublicKeyHash(certificatePem)
  return own.some((pin) => pin.sha256 === key) ? 0 : -3
}

/** SHA-256 of the SubjectPublicKeyInfo, base64 (RFC 7469 section 2.4); nothing when it is no certificate. */
export function toPublicKeyHash(certificatePem: string): string | undefined {
  try {
    const spki = new X509Certificate(certificatePem).publicKey.export({ type: 'spki', format: 'der' })
    return createHash('sha256').update(spki).digest('base64')
  } catch {
    return undefined
  }
}
