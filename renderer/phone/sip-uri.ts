// A SIP address as it goes over the wire, escaped to the letter of RFC 3261 section 25.1.
import { URI } from 'sip.js'

/** `user-unreserved`, which `encodeURIComponent` escapes and SIP does not: & = + $ , ; ? and / */
const allowed = /%(?:26|3D|2B|24|2C|3B|3F|2F)/g

/** `unreserved` and `user-unreserved` stay; a colon would part the user from a password, an at sign from the host. */
export function escapeUser(user: string): string {
  return encodeURIComponent(user.replace(/\p{Surrogate}/gu, '\ufffd')).replace(allowed, (escaped) =>
    decodeURIComponent(escaped),
  )
}

/** SIP.js leaves colons as they are, and fails on a `%` that begins no escape; each copy of this one is as strict. */
class StrictUri extends URI {
  override clone(): StrictUri {
    return new StrictUri(this.scheme, this.user ?? '', this.host, this.port, { ...this.parameters }, {})
  }
}
Object.defineProperty(StrictUri.prototype, 'escapeUser', { value: escapeUser })

/** `host` may have a port; an IPv6 address is in brackets. */
export function toSipUri(user: string, host: string): URI {
  const [, name = host, port] = /^(\[.*\]|[^:]+):(\d+)$/.exec(host) ?? []
  return new StrictUri('sip', user, name, port === undefined ? undefined : Number(port))
}
