// What a NOTIFY says about a transfer: its status line (RFC 3420) and the life of the subscription (RFC 3515).
export interface TransferNews {
  /** Status of the INVITE to the new party; `undefined` when the body does not tell. */
  status: number | undefined
  /** No more NOTIFYs will come. */
  terminated: boolean
  /** Why it ended, `noresource` and the like. */
  reason: string | undefined
}

interface Notify {
  body: string
  getHeader(name: string): string | undefined
}

/**
 * `undefined` for a NOTIFY that is about something else: another event package, or another REFER.
 * RFC 3515 section 2.4.6: `id` is the CSeq of the REFER; it may be missing for the first one of a dialog.
 */
export function readNotify(notify: Notify, referCSeq: number): TransferNews | undefined {
  const event = notify.getHeader('event') ?? ''
  if (!/^\s*refer\s*(;|$)/i.test(event)) return undefined
  const id = /;\s*id\s*=\s*(\d+)/i.exec(event)?.[1]
  if (id !== undefined && Number(id) !== referCSeq) return undefined
  const state = notify.getHeader('subscription-state') ?? ''
  const status = /^\s*SIP\/2\.0[ \t]+([1-6]\d\d)\b/i.exec(notify.body)?.[1]
  return {
    status: status === undefined ? undefined : Number(status),
    terminated: /^\s*terminated\b/i.test(state),
    reason: /;\s*reason\s*=\s*"?([\w.-]+)/i.exec(state)?.[1],
  }
}
