// Who of the two speaks first in DTLS: agreed on once, and the same for as long as the association lives. Pure text.

type Role = 'active' | 'passive'

const attribute = (sdp: string, name: string) => new RegExp(`^a=${name}:(\\S.*?)\\s*$`, 'm').exec(sdp)?.[1]

/** Their role, out of what was agreed on last. Who offers says `actpass`, who answers chooses (RFC 8842 section 5). */
export function theirRole(local: string, remote: string): Role | undefined {
  const said = attribute(remote, 'setup')
  if (said === 'active' || said === 'passive') return said
  const ours = attribute(local, 'setup')
  if (ours === 'active') return 'passive'
  return ours === 'passive' ? 'active' : undefined
}

/**
 * Their answer with the role that they have. Where neither the certificate nor the credentials of ICE are new no
 * association begins, and the roles stay (RFC 8842 section 5.3). rtpengine was seen to turn them over when both sides ask
 * at once, and the browser to refuse that: the call would end.
 */
export function keepRole(answer: string, local = '', remote = ''): string {
  const kept = theirRole(local, remote)
  const same = ['ice-ufrag', 'fingerprint'].every((name) => {
    const value = attribute(answer, name)
    return value !== undefined && value === attribute(remote, name)
  })
  return kept && same ? answer.replace(/^a=setup:.*$/gm, `a=setup:${kept}`) : answer
}
