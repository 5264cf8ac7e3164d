// What we need to read in a session description, and nothing more. Pure text (RFC 8866, RFC 8829).

export type OfferVerdict = { ok: true } | { ok: false; why: string }

/** Lines before the first `m=`, then one group of lines for each `m=`. */
function sections(sdp: string): { head: string[]; media: string[][] } {
  const head: string[] = []
  const media: string[][] = []
  for (const line of sdp.split(/\r\n|\n|\r/)) {
    if (line.startsWith('m=')) media.push([line])
    else (media.at(-1) ?? head).push(line)
  }
  return { head, media }
}

/** Contract F.4: audio over DTLS-SRTP with a fingerprint, or we refuse with 488. No downgrade to plain RTP or SDES. */
export function inspectOffer(sdp: string): OfferVerdict {
  const { head, media } = sections(sdp)
  const audio = media.find((lines) => /^m=audio [1-9]/.test(lines[0] ?? ''))
  if (!audio) return { ok: false, why: 'no audio in the offer' }
  const profile = audio[0]?.split(' ')[2] ?? ''
  if (!/^UDP\/TLS\/RTP\/SAVPF?$/.test(profile)) return { ok: false, why: `profile ${profile || 'missing'}` }
  const fingerprint = [...head, ...audio].some((line) => /^a=fingerprint:\S+ \S+/.test(line))
  if (!fingerprint) return { ok: false, why: 'no DTLS fingerprint' }
  const ice = [...head, ...audio].some((line) => line.startsWith('a=ice-ufrag:'))
  if (!ice) return { ok: false, why: 'no ICE credentials' }
  return { ok: true }
}

/** The same offer without its candidates: nothing can be sent before they are added. */
export function withoutCandidates(sdp: string): string {
  return sdp.replace(/^a=(?:candidate:.*|end-of-candidates.*)(?:\r\n|\n|\r|$)/gm, '')
}

export interface RemoteCandidate {
  candidate: string
  sdpMLineIndex: number
}

export function candidatesOf(sdp: string): RemoteCandidate[] {
  return sections(sdp).media.flatMap((lines, sdpMLineIndex) =>
    lines
      .filter((line) => line.startsWith('a=candidate:'))
      .map((line) => ({ candidate: line.slice(2), sdpMLineIndex })),
  )
}
