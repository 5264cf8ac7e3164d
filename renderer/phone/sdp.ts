// What we need to read in a session description, and nothing more. Pure text (RFC 8866, RFC 8829).

export type OfferVerdict = { ok: true } | { ok: false; why: string }

export interface Sections {
  /** Lines before the first `m=`. */
  head: string[]
  /** One group of lines for each `m=`. */
  media: string[][]
}

export function sections(sdp: string): Sections {
  const head: string[] = []
  const media: string[][] = []
  for (const line of sdp.split(/\r\n|\n|\r/)) {
    if (line === '') continue
    if (line.startsWith('m=')) media.push([line])
    else (media.at(-1) ?? head).push(line)
  }
  return { head, media }
}

/** Index of the audio we use: the first line that is not refused by port 0. */
export const audioIndex = ({ media }: Sections) =>
  media.findIndex((lines) => /^m=audio [1-9]/.test(lines[0] ?? ''))

/** RFC 8122 section 5, without the hashes that it forbids. */
const fingerprint = /^a=fingerprint:sha-(?:1|224|256|384|512) (?:[0-9a-f]{2}:)+[0-9a-f]{2}\s*$/i

/**
 * An offer or an answer. Contract F.4: audio over DTLS-SRTP with a fingerprint, or we refuse with 488, also in the
 * middle of a call: no downgrade to plain RTP or SDES.
 */
export function inspectOffer(sdp: string): OfferVerdict {
  const parsed = sections(sdp)
  const { head } = parsed
  const audio = parsed.media[audioIndex(parsed)]
  if (!audio) return { ok: false, why: 'no audio in the offer' }
  const profile = audio[0]?.split(' ')[2] ?? ''
  if (!/^UDP\/TLS\/RTP\/SAVPF?$/.test(profile)) return { ok: false, why: `profile ${profile || 'missing'}` }
  const own = audio.filter((line) => line.startsWith('a=fingerprint:'))
  // Those of the line itself are the ones that count (RFC 8122 section 5): an empty one is not made good by the head's.
  const fingerprints = own.length > 0 ? own : head.filter((line) => line.startsWith('a=fingerprint:'))
  if (!fingerprints.some((line) => fingerprint.test(line))) return { ok: false, why: 'no DTLS fingerprint' }
  const ice = [...head, ...audio].some((line) => line.startsWith('a=ice-ufrag:'))
  if (!ice) return { ok: false, why: 'no ICE credentials' }
  return { ok: true }
}

/** RFC 8842 section 5.3: an answer never says `actpass`; an offer nearly always does. */
export const isOffer = (sdp: string) => /^a=setup:actpass\s*$/m.test(sdp)

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
