// One call between two peers of ours before the first real one: certificate, DTLS and SRTP are slow only once.
import { setTimeout as sleep } from 'node:timers/promises'
import { RTCPeerConnection } from 'werift'
import { createMediaLeg } from './media-leg.ts'

/** Frames that prove the way through DTLS and SRTP, and how long we look for them. */
const FRAMES = 3
const PATIENCE_MS = 3_000

/** Resolves when sound came through; fails when none did. */
export async function warmUp(): Promise<void> {
  const leg = createMediaLeg({
    loss: { toPhone: 0, fromPhone: 0 },
    mute: { toPhone: false, fromPhone: false },
  })
  const phone = createPhone()
  const patience = new AbortController()
  try {
    const heard = hearFrames(phone)
    await phone.setRemoteDescription({ type: 'offer', sdp: await leg.offer() })
    await phone.setLocalDescription(await phone.createAnswer())
    await leg.accept(phone.localDescription?.sdp ?? '')
    const late = sleep(PATIENCE_MS, undefined, { ref: false, signal: patience.signal }).then(() => {
      throw new Error('no sound came through')
    })
    await Promise.race([heard, late])
  } finally {
    patience.abort()
    await Promise.all([leg.close(), phone.close()])
  }
}

function createPhone(): RTCPeerConnection {
  return new RTCPeerConnection({
    iceUseIpv4: false,
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceInterfaceAddresses: { udp4: '127.0.0.1' },
    // Somebody has to check, so it cannot be ICE-lite; without a server it would ask a public one, and this one is not there.
    iceServers: [{ urls: 'stun:127.0.0.1:9' }],
    iceStunGatherTimeout: 0.05,
  })
}

function hearFrames(phone: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    let frames = 0
    phone.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe(() => {
        frames += 1
        if (frames === FRAMES) resolve()
      })
    })
  })
}
