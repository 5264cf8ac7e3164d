// After an offer of ours that came to nothing: the media flow as they did before.
import { theirRole } from './dtls-role.ts'
import { asAnswer } from './sdp-for-browser.ts'

/**
 * Chromium stops to receive when it offers `sendonly`, and does not begin again at a rollback. What was agreed is
 * therefore negotiated once more, with nobody: nothing is sent.
 */
export async function restoreAgreed(peer: RTCPeerConnection, ours: RTCRtpTransceiver): Promise<void> {
  const agreed = ours.currentDirection
  const theirs = peer.currentRemoteDescription?.sdp
  if (!theirs || !agreed || agreed === 'stopped' || agreed === ours.direction) return
  ours.direction = agreed
  const role = theirRole(peer.currentLocalDescription?.sdp ?? '', theirs) ?? 'active'
  await peer.setLocalDescription(await peer.createOffer())
  await peer.setRemoteDescription({ type: 'answer', sdp: asAnswer(theirs, agreed, role) })
}
