// A description of the other side as the browser gets it: one audio line, everything else refused, and a direction that
// a browser reads. Pure text.
import { audioIndex, type Sections, sections } from './sdp.ts'

type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/**
 * Video, a second audio line and whatever else is offered get port 0, and so does their line in our answer (RFC 3264
 * section 6). Held by the address of RFC 2543, or for the whole session, is held.
 */
export function toBrowser(sdp: string): string {
  const parsed = sections(sdp)
  const ours = audioIndex(parsed)
  const refused = parsed.media.filter((_, index) => index !== ours).flatMap(midOf)
  const head = parsed.head.filter((line) => !isDirection(line)).flatMap((line) => withoutMids(line, refused))
  const media = parsed.media.flatMap((lines, index) =>
    index === ours ? withDirection(lines, directionOf(parsed, lines)) : refuse(lines),
  )
  return [...head, ...media, ''].join('\r\n')
}

const midOf = (lines: string[]) => lines.flatMap((line) => /^a=mid:(\S+)/.exec(line)?.[1] ?? [])

/** A line that is refused may not be bundled (RFC 9143 section 7.2). */
function withoutMids(line: string, mids: string[]): string[] {
  if (!line.startsWith('a=group:BUNDLE')) return [line]
  const [group = '', ...bundled] = line.trim().split(/\s+/)
  const left = bundled.filter((mid) => !mids.includes(mid))
  return left.length > 0 ? [[group, ...left].join(' ')] : []
}

function refuse(lines: string[]): string[] {
  const [first = '', ...more] = lines
  return [
    first.replace(/^(m=\S+) \d+(?:\/\d+)?/, '$1 0'),
    ...more.filter((line) => /^(?:c=|a=mid:|a=rtpmap:)/.test(line)),
    'a=inactive',
  ]
}

const isDirection = (line: string) => /^a=(?:sendrecv|sendonly|recvonly|inactive)\s*$/.test(line)

/** Of the line itself, else of the session, else both ways (RFC 8866 section 6.7). */
function directionOf({ head }: Sections, lines: string[]): Direction {
  const said = (lines.find(isDirection) ?? head.find(isDirection))?.trim().slice(2) as Direction | undefined
  const direction = said ?? 'sendrecv'
  if (!heldByAddress(head, lines)) return direction
  // They do not want to receive (RFC 3264 section 8.4, of RFC 2543).
  return direction === 'sendrecv' || direction === 'sendonly' ? 'sendonly' : 'inactive'
}

/** With port 9 the same address means that candidates come later (RFC 8840 section 4.1.1). */
function heldByAddress(head: string[], lines: string[]): boolean {
  if (/^m=audio 9 /.test(lines[0] ?? '')) return false
  const address = [...lines, ...head].find((line) => line.startsWith('c='))
  return address !== undefined && /^c=IN IP(?:4 0\.0\.0\.0|6 ::)\s*$/.test(address)
}

const withDirection = (lines: string[], direction: Direction) => [
  ...lines.filter((line) => !isDirection(line)),
  `a=${direction}`,
]

const reversed: Record<Direction, Direction> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
}

/** What they had said last, offer or answer, as the answer to an offer of ours in the direction agreed. */
export function asAnswer(sdp: string, ours: Direction, setup: 'active' | 'passive'): string {
  const { head, media } = sections(sdp)
  const adapted = media.flat().map((line) => (isDirection(line) ? `a=${reversed[ours]}` : line))
  return [...head, ...adapted, ''].join('\r\n').replace(/^a=setup:.*$/gm, `a=setup:${setup}`)
}
