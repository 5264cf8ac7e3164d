// A call that is over sends nothing any more, and lets go of its connection when that has come to rest.
import { afterEach, expect, it, vi } from 'vitest'
import { closePeer } from '../../../renderer/phone/close-peer.ts'

afterEach(() => void vi.useRealTimers())

it('is silent at once, closed a moment later, and once however often it is asked', () => {
  vi.useFakeTimers()
  const steps: string[] = []
  const sender = {
    replaceTrack: async (track: unknown) => void steps.push(track === null ? 'silent' : 'sound'),
  }
  const peer = {
    getSenders: () => [sender],
    close: () => void steps.push('closed'),
  } as unknown as RTCPeerConnection
  closePeer(peer)
  closePeer(peer)
  expect(steps).toEqual(['silent'])
  vi.runAllTimers()
  expect(steps).toEqual(['silent', 'closed'])
})

it('is closed also where nothing can be taken off the wire any more', () => {
  vi.useFakeTimers()
  let closed = 0
  const sender = { replaceTrack: () => Promise.reject(new Error('the connection is closed')) }
  const peer = { getSenders: () => [sender], close: () => void closed++ } as unknown as RTCPeerConnection
  closePeer(peer)
  vi.runAllTimers()
  expect(closed).toBe(1)
})
