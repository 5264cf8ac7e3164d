// Who speaks first in DTLS stays so for as long as the association lives.
import { describe, expect, it } from 'vitest'
import { keepRole, theirRole } from '../../../renderer/phone/dtls-role.ts'

const sdp = (setup: string, ufrag = 'theirs', fingerprint = 'sha-256 AA:BB') =>
  `v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=ice-ufrag:${ufrag}\r\na=fingerprint:${fingerprint}\r\na=setup:${setup}\r\n`

describe('the role of the other side', () => {
  it.each([
    ['they offered and we are active', 'active', 'actpass', 'passive'],
    ['they offered and we are passive', 'passive', 'actpass', 'active'],
    ['we offered and they are active', 'actpass', 'active', 'active'],
    ['we offered and they are passive', 'actpass', 'passive', 'passive'],
    ['nobody has chosen', 'actpass', 'actpass', undefined],
  ])('%s', (_what, ours, theirs, role) => {
    expect(theirRole(sdp(ours, 'ours'), sdp(theirs))).toBe(role)
  })
})

describe('an answer within a call', () => {
  const local = sdp('active', 'ours')
  const remote = sdp('actpass')

  it('that turns the roles over and begins nothing new is taken with the roles there are', () => {
    expect(keepRole(sdp('active'), local, remote)).toBe(sdp('passive'))
    expect(keepRole(sdp('passive'), local, remote)).toBe(sdp('passive'))
  })

  it.each([
    ['other credentials of ICE', sdp('active', 'new')],
    ['another certificate', sdp('active', 'theirs', 'sha-256 CC:DD')],
    ['no credentials', sdp('active').replace(/a=ice-ufrag.*\r\n/, '')],
  ])('with %s says itself who begins', (_what, answer) => {
    expect(keepRole(answer, local, remote)).toBe(answer)
  })

  it('that is the first one stays as it is', () => {
    expect(keepRole(sdp('active'))).toBe(sdp('active'))
  })
})
