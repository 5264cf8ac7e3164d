// Whether an INVITE is for this phone: the edge is trusted to deliver, not to decide (no ghost calls).

interface Address {
  user: string | undefined
  host: string
}

export interface CheckedInvite {
  requestUri: Address
  to: Address
}

export interface Us {
  username: string
  domain: string
  contact: { user: string; host: string }
}

/** The Request-URI must be our Contact, or our address of record; a stranger's `To` alone is a diverted call and fine. */
export function isForUs(invite: CheckedInvite, us: Us): boolean {
  const { requestUri } = invite
  // Proxies append parameters and may replace the `.invalid` host by an alias; the user part is unique to this device.
  if (requestUri.user === us.contact.user) return true
  const ours = (address: Address) =>
    address.user === us.username && address.host.toLowerCase() === us.domain.toLowerCase()
  return ours(requestUri) && ours(invite.to)
}
