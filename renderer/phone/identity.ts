// Who this phone is on the wire: stable over reconnects and page reloads, so that no dead contact is left behind.

export interface SipIdentity {
  instanceId: string
  /** User and host of our Contact (contract F.1: 8 characters, 12 characters and `.invalid`). */
  contactUser: string
  contactHost: string
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** The Contact follows from the instance id: after a crash the same binding is renewed instead of a fourth one made. */
export function toSipIdentity(instanceId: string): SipIdentity {
  const id = uuid.test(instanceId) ? instanceId.toLowerCase() : crypto.randomUUID()
  const digits = id.replaceAll('-', '')
  return { instanceId: id, contactUser: digits.slice(0, 8), contactHost: `${digits.slice(20, 32)}.invalid` }
}

/** Random text for ids that others must not guess; SIP.js itself takes them from Math.random. */
export function randomToken(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('')
}
