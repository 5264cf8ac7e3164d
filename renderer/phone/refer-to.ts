// The value of a Refer-To header: always in angle brackets, everything in it escaped. Pure.
import type { DialTarget } from '../../common/model/dial-target.ts'
import { escapeUser } from './sip-uri.ts'

/** What of a confirmed dialog names it to the other side. */
export interface NamedDialog {
  callId: string
  localTag: string
  remoteTag: string
  /** Contact of the other side. */
  remoteTarget: { toString(): string }
}

/** RFC 3515 section 2.1: without the brackets, parameters of the URI would be read as parameters of the header. */
export function toReferTo(target: DialTarget, domain: string): string {
  return `<sip:${escapeUser(target.user)}@${target.host ?? domain}>`
}

/**
 * RFC 5589 section 7: call this Contact and take the place of the call that we have with it. The tags are as that side
 * sees them (RFC 3891 section 3): its own is the to-tag.
 */
export function toReferToReplacing(dialog: NamedDialog): string {
  const address = dialog.remoteTarget.toString().replace(/\?.*$/, '')
  const replaces = `${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`
  // RFC 3261 section 25.1: `;`, `=` and `@` are not allowed in a header of a URI.
  return `<${address}?Replaces=${encodeURIComponent(replaces)}>`
}
