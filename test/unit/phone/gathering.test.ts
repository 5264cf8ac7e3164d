// Which servers a peer connection asks for its addresses, and how long a description waits for them.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDescription } from '../../../renderer/phone/description.ts'
import { gathered } from '../../../renderer/phone/ice-gathering.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** As much of a peer connection as gathering needs. */
class Peer extends EventTarget {
  iceGatheringState = 'gathering'
  localDescription = { sdp: '' }
  signalingState = 'stable'
  getTransceivers = () => []
}

describe('a description', () => {
  it('leaves without the candidates that a dead STUN server owes it, after a second', async () => {
    const peer = new Peer()
    let done = false
    void gathered(peer as unknown as RTCPeerConnection, 1000).then(() => {
      done = true
    })
    await vi.advanceTimersByTimeAsync(990)
    expect(done).toBe(false)
    await vi.advanceTimersByTimeAsync(20)
    expect(done).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves as soon as all candidates are there', async () => {
    const peer = new Peer()
    let done = false
    void gathered(peer as unknown as RTCPeerConnection, 1000).then(() => {
      done = true
    })
    peer.iceGatheringState = 'complete'
    peer.localDescription = { sdp: 'a=candidate:1 1 udp 1 127.0.0.1 9 typ host\r\n' }
    peer.dispatchEvent(new Event('icegatheringstatechange'))
    await vi.advanceTimersByTimeAsync(0)
    expect(done).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('asks the servers that were set and no others', () => {
    const made: RTCConfiguration[] = []
    vi.stubGlobal(
      'RTCPeerConnection',
      class extends Peer {
        constructor(configuration: RTCConfiguration) {
          super()
          made.push(configuration)
        }
      },
    )
    const rest = { onTrack: () => {}, onDirection: () => {}, onRefused: () => {} }
    createDescription({ iceServers: [], ...rest })
    createDescription({ iceServers: [{ urls: ['stun:stun.ours.test'] }], ...rest })
    expect(made.map((each) => each.iceServers)).toEqual([[], [{ urls: ['stun:stun.ours.test'] }]])
    expect(made.every((each) => each.rtcpMuxPolicy === 'require')).toBe(true)
  })
})
