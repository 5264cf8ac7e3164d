// One short loopback connection: the first peer connection of a process costs tens of milliseconds, a call should not.

/** Offer, answer and gathering once, without any server; closed again. */
export async function warmUpPeerConnection(): Promise<void> {
  const caller = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' })
  const callee = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' })
  try {
    caller.addTransceiver('audio', { direction: 'sendrecv' })
    await caller.setLocalDescription(await caller.createOffer())
    await callee.setRemoteDescription(caller.localDescription ?? { type: 'offer', sdp: '' })
    await callee.setLocalDescription(await callee.createAnswer())
    await caller.setRemoteDescription(callee.localDescription ?? { type: 'answer', sdp: '' })
    // A certificate is generated and the network threads run by now; nothing more is needed.
  } finally {
    caller.close()
    callee.close()
  }
}
