// The INVITE that reaches a phone (contract F.3).
import type { Body, OutgoingRequestMessage, UserAgentCore } from 'sip.js/lib/core/index.js'
import { Grammar, URI } from 'sip.js/lib/grammar/index.js'
import type { InviteOptions } from '../line.ts'

export interface InviteMessageParts {
  core: UserAgentCore
  domain: string
  invite: InviteOptions
  callId: string
  offer: string
}

export function toInviteMessage({
  core,
  domain,
  invite,
  callId,
  offer,
}: InviteMessageParts): OutgoingRequestMessage {
  const target = toVerbatim(invite.contact.uri)
  // A caller may be a number, a name or nobody.
  const from = new URI('sip', invite.from.user || 'anonymous', domain)
  const to = new URI('sip', invite.extension, domain)
  const options = { callId, fromDisplayName: toQuotable(invite.from.displayName) }
  const headers = [
    `Contact: ${core.configuration.contact}`,
    'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO',
    // Reported as not stripped by the platform's edge.
    'VBOUT-SDP_Transport: UDP/TLS/RTP/SAVPF',
  ]
  return core.makeOutgoingRequestMessage('INVITE', target, from, to, options, headers, toSdpBody(offer))
}

export function toSdpBody(sdp: string): Body {
  return { contentDisposition: 'session', contentType: 'application/sdp', content: sdp }
}

/** A URI that is written as the phone wrote it, whatever is copied from it: the phone looks for its own words. */
function toVerbatim(written: string): URI {
  const uri = Grammar.URIParse(written) ?? new URI('sip', 'phone', 'phone.invalid')
  uri.toString = () => written
  uri.toRaw = () => written
  uri.clone = () => uri
  return uri
}

/** SIP.js puts a display name between quotes as it is: what would end them or the line goes. */
function toQuotable(name: string): string {
  return name.replace(/["\\\r\n]/g, ' ').trim()
}
