// Does this call's address fit that INVITE? Callers, numbers and contacts as each side writes them (contract F.1, F.3).
import type { Address, Call } from '../../common/model/call.ts'

/** A SIP session as far as matching needs it. */
export interface Invite {
  sessionId: string
  direction: 'incoming' | 'outgoing'
  remote: { user: string; displayName: string }
  /** Our own Contact when it began. */
  contact: { user: string; host: string }
  /** Epoch ms of this machine. */
  startedAt: number
  answeredAt?: number | undefined
  established: boolean
}

export function isFrom(call: Call, invite: Invite): boolean {
  if (call.direction === 'incoming' || call.source.target === '') return false
  if (!sameTarget(call.source.target, invite.remote.user)) return false
  const { displayName } = invite.remote
  return displayName === '' || call.source.targetName === '' || call.source.targetName === displayName
}

/** The caller is known on both sides and differs. */
export const isOtherCaller = (call: Call, invite: Invite) =>
  call.source.target !== '' &&
  invite.remote.user !== '' &&
  !sameTarget(call.source.target, invite.remote.user)

/** Not a call to a telephone, nor to the contact of another device. */
export function mayBeOurs(call: Call, invite: Invite): boolean {
  const { destination } = call
  if (destination.type === 'sip') {
    const uri = parseContact(destination.target)
    return uri === undefined || !isDevice(uri.host) || isContact(destination, invite.contact)
  }
  return destination.type !== 'tel' && call.direction !== 'incoming'
}

/** Registered softphones hide behind made-up hosts (RFC 2606 `.invalid`). */
const isDevice = (host: string) => host.endsWith('.invalid')

export function isContact(destination: Address, contact: { user: string; host: string }): boolean {
  const uri = parseContact(destination.target)
  return uri !== undefined && uri.user === contact.user && uri.host === contact.host.toLowerCase()
}

/** User and host of a contact as the platform keeps it: `^3B` for `;`, parameters added (contract F.1). */
export function parseContact(text: string): { user: string; host: string } | undefined {
  const plain = text.replaceAll(/\^3b/gi, ';').replace(/^.*</, '').replace(/>.*$/, '')
  const match = /^(?:sips?:)?([^@;?]+)@(\[[^\]]+\]|[^:;?>\s]+)/i.exec(plain.trim())
  const [, user, host] = match ?? []
  return user && host ? { user, host: host.toLowerCase() } : undefined
}

/** Numbers with and without `+`, names without a `sip:` and a domain. */
export function sameTarget(one: string, other: string): boolean {
  const plain = (text: string) =>
    text
      .replace(/^sips?:/i, '')
      .replace(/@.*$/, '')
      .replace(/^\+(?=\d)/, '')
      .toLowerCase()
  return plain(one) === plain(other)
}
