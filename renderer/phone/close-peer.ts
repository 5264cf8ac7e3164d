// Closes the peer connection of a call that is over: silent at once, closed a moment later.

/**
 * Chromium (seen in 156) never lets go of a connection that is closed while a change of its state is on its way, and with
 * a BYE often one is: the far end closes its side at the same time. After this long it has arrived.
 */
const settleMs = 300

const closing = new WeakSet<RTCPeerConnection>()

/** Safe to repeat. */
export function closePeer(peer: RTCPeerConnection): void {
  if (closing.has(peer)) return
  closing.add(peer)
  for (const sender of peer.getSenders()) void sender.replaceTrack(null).catch(() => {})
  setTimeout(() => peer.close(), settleMs)
}
