// Waits until a description has its candidates: the edge takes them only within it (no trickle, contract F.4).

/** All candidates, or those there are when the time is up: a STUN server that does not answer must not delay a call. */
export function gathered(peer: RTCPeerConnection, capMs: number): Promise<void> {
  if (isGathered(peer)) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      peer.removeEventListener('icegatheringstatechange', check)
      resolve()
    }
    const check = () => {
      if (isGathered(peer)) done()
    }
    const timer = setTimeout(done, capMs)
    peer.addEventListener('icegatheringstatechange', check)
  })
}

/** After a restart the state still says `complete` for a moment; a description without candidates tells the truth. */
function isGathered({ iceGatheringState, localDescription }: RTCPeerConnection): boolean {
  return iceGatheringState === 'complete' && /^a=candidate:/m.test(localDescription?.sdp ?? '')
}
