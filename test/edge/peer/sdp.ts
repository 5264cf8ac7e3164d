// Session descriptions of one plain-RTP audio stream (RFC 4566, RFC 3264): built, read, and answered.

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** Name as in rtpmap, with the payload type we give it. Only PCMU and PCMA can also be spoken; the rest is for show. */
export const codecs = {
  PCMU: { payloadType: 0, map: 'PCMU/8000' },
  PCMA: { payloadType: 8, map: 'PCMA/8000' },
  G722: { payloadType: 9, map: 'G722/8000' },
  GSM: { payloadType: 3, map: 'GSM/8000' },
  G729: { payloadType: 18, map: 'G729/8000' },
  opus: { payloadType: 96, map: 'opus/48000/2' },
} as const
export type Codec = keyof typeof codecs

/** Where telephone-event lives in our own offers. */
const EVENTS = 101

export interface OwnDescription {
  host: string
  /** 0 refuses the stream (RFC 3264 section 6). */
  port: number
  codecs: readonly Codec[]
  direction: Direction
  /** Names the session; `version` grows with every change (RFC 3264 section 8). */
  sessionId: number
  version: number
  events?: boolean
  /** `0.0.0.0`: how old phones put a call on hold (RFC 3264 section 8.4). */
  connection?: string
  /** Payload type numbers of the other side's offer, which an answer must use. */
  numbers?: ReadonlyMap<string, number>
  extra?: readonly string[]
}

export function buildSdp(own: OwnDescription): string {
  const number = (codec: Codec) => own.numbers?.get(codec.toLowerCase()) ?? codecs[codec].payloadType
  const events = own.events === false ? undefined : (own.numbers?.get('telephone-event') ?? EVENTS)
  const withEvents = own.numbers && !own.numbers.has('telephone-event') ? undefined : events
  const formats = [...own.codecs.map(number), ...(withEvents === undefined ? [] : [withEvents])]
  return [
    'v=0',
    `o=- ${own.sessionId} ${own.version} IN IP4 ${own.host}`,
    's=-',
    `c=IN IP4 ${own.connection ?? own.host}`,
    't=0 0',
    `m=audio ${own.port} RTP/AVP ${formats.join(' ')}`,
    ...own.codecs.map((codec) => `a=rtpmap:${number(codec)} ${codecs[codec].map}`),
    ...(withEvents === undefined
      ? []
      : [`a=rtpmap:${withEvents} telephone-event/8000`, `a=fmtp:${withEvents} 0-16`]),
    'a=ptime:20',
    `a=${own.direction}`,
    ...(own.extra ?? []),
    '',
  ].join('\r\n')
}

export interface RemoteDescription {
  host: string
  port: number
  direction: Direction
  /** In the order of preference. */
  formats: { payloadType: number; name: string }[]
  profile: string
}

/** Nothing when there is no audio in it. */
export function parseSdp(text: string): RemoteDescription | undefined {
  const lines = text.split(/\r?\n/)
  const start = lines.findIndex((line) => line.startsWith('m=audio '))
  if (start < 0) return undefined
  const next = lines.findIndex((line, i) => i > start && line.startsWith('m='))
  const section = lines.slice(start, next < 0 ? undefined : next)
  const session = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('m=')),
  )
  const [, port = '0', profile = '', ...numbers] = (lines[start] ?? '').split(' ')
  const connection = [...section, ...session].find((line) => line.startsWith('c=IN IP4 '))
  const maps = new Map<number, string>()
  for (const line of section) {
    // Events for codecs of another clock are of no use here: they are something else.
    const map = /^a=rtpmap:(\d+) (telephone-event\/(?!8000\b)\d+|[^/]+)/.exec(line)
    if (map) maps.set(Number(map[1]), map[2] ?? '')
  }
  const isDirection = (line: string) => /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/.test(line)
  // A direction of the session holds for streams that have none of their own.
  const direction = section.find(isDirection) ?? session.find(isDirection) ?? 'a=sendrecv'
  return {
    host: connection?.slice('c=IN IP4 '.length).trim() ?? '',
    port: Number(port),
    direction: direction.slice(2).trim() as Direction,
    profile,
    formats: numbers.map(Number).map((payloadType) => ({
      payloadType,
      name: maps.get(payloadType) ?? staticName(payloadType),
    })),
  }
}

function staticName(payloadType: number): string {
  const found = Object.entries(codecs).find(([, codec]) => codec.payloadType === payloadType)
  return found && payloadType < 96 ? found[0] : String(payloadType)
}

/** What an answer says to a direction (RFC 3264 section 6.1). */
export function toAnswer(direction: Direction): Direction {
  if (direction === 'sendonly') return 'recvonly'
  if (direction === 'recvonly') return 'sendonly'
  return direction
}
