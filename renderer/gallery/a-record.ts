// Records as the phone and main write them, made up by number: of any length, the same each time.
import type { FlightRecord, LevelRow, RecordItem, RtpSample } from '../../common/model/record.ts'
import { emptyRecord } from '../../common/model/record.ts'
import { toBase64, toByte } from '../../common/record/levels.ts'
import { now } from './people.ts'

const said = [
  'Good morning, I am calling about invoice 4711, it came twice.',
  'Let me look. I see two bookings of the same day.',
  'One of them is yours, the other one is of the branch in Leeds.',
  'Then please take the second one back.',
]

/** Repeats the same way every time. */
function createChance(seed: number) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const turnMs = 7_000
const speechMs = 3_600

export interface RecordWishes {
  minutes: number
  /** The network gets bad in the second half. */
  bad?: boolean
}

export function aFlightRecord({ minutes, bad = false }: RecordWishes): FlightRecord {
  const length = minutes * 60_000
  const record = emptyRecord({
    id: `gallery-${minutes}`,
    kind: 'call',
    title: '+1 555 020 0042',
    address: '+15550200042@pstn.voipbin.test',
    direction: 'incoming',
    startedAt: now - length,
    answeredT: 4_000,
    endedT: length,
    outcome: 'hungUpByThem',
    environment: 'practice',
    companion: '0.1.0',
    sipCallId: '5e4a0680@192.0.2.2',
    callId: '5e4a0680-7c1b-4d53-8a34-3fd1f10f9b11',
  })
  const items = [...aBeginning(), ...aTalk(length), ...anEnd(length)]
  return {
    ...record,
    phoneClock: { offsetMs: 12.25, uncertaintyMs: 0.4, exchanges: 9 },
    items: items.sort((a, b) => a.t - b.t),
    rtp: someRtp(length, bad),
    levels: [...someLevels(length, 'ear', 0), ...someLevels(length, 'microphone', turnMs / 2)],
  }
}

const sip = (t: number, direction: 'in' | 'out', title: string, result?: string): RecordItem => ({
  kind: 'sip',
  t,
  direction,
  title,
  tone: result?.startsWith('2') ? 'good' : 'plain',
  ...(result === undefined ? {} : { result }),
  body: `${title}\r\nCall-ID: 5e4a0680@192.0.2.2\r\nContent-Length: 0\r\n\r\n`,
})
const media = (t: number, title: string, tone: 'good' | 'bad' | 'plain' = 'plain'): RecordItem => ({
  kind: 'media',
  t,
  direction: 'none',
  title,
  tone,
})
const state = (t: number, what: string, to: string, detail?: string): RecordItem => ({
  kind: 'state',
  t,
  what,
  to,
  ...(detail === undefined ? {} : { detail }),
})

export const aBeginning = (): RecordItem[] => [
  state(-6_000, 'registration', 'registered', 'wss://sip.voipbin.test, 82 ms'),
  sip(-5_900, 'out', 'REGISTER'),
  sip(-5_880, 'in', '401 Unauthorized (REGISTER)', '401'),
  sip(-5_878, 'out', 'REGISTER'),
  sip(-5_846, 'in', '200 OK (REGISTER)', '200'),
  {
    kind: 'api',
    t: -1_400,
    direction: 'out',
    title: 'POST /v1.0/calls',
    result: '200',
    tone: 'good',
    ms: 182,
    body: 'api.voipbin.test, request id 8f1\n\n→ {"actions":[]}\n\n← {"calls":[]}',
  },
  { kind: 'event', t: -420, direction: 'in', title: 'groupcall_created', tone: 'plain' },
  sip(0, 'in', 'INVITE'),
  sip(4, 'out', '180 Ringing (INVITE)', '180'),
  state(2, 'session', 'ringing'),
  { kind: 'event', t: 40, direction: 'in', title: 'call_ringing', tone: 'plain' },
  { kind: 'action', t: 3_990, title: 'Answer' },
  sip(4_000, 'out', '200 OK (INVITE)', '200'),
  sip(4_052, 'in', 'ACK'),
  state(4_053, 'session', 'established'),
  media(4_060, 'ICE checking'),
  media(4_104, 'ICE connected', 'good'),
  media(4_150, 'DTLS connecting'),
  media(4_206, 'DTLS connected', 'good'),
  media(4_208, 'path connected', 'good'),
  state(4_300, 'platform call', 'progressing'),
  { kind: 'event', t: 4_300, direction: 'in', title: 'call_progressing', tone: 'plain' },
]

function aTalk(length: number): RecordItem[] {
  const items: RecordItem[] = []
  for (let n = 0, t = 5_000; t + turnMs < length; n++, t += turnMs / 2) {
    const direction = n % 2 === 0 ? ('out' as const) : ('in' as const)
    const where = n % 2 === 0 ? ('ear' as const) : ('microphone' as const)
    const text = said[n % said.length] ?? ''
    const id = `line-${n}`
    const end = t + speechMs
    items.push(
      { kind: 'sound', t, where, edge: 'start' },
      { kind: 'sound', t: end, where, edge: 'end' },
      {
        kind: 'line',
        t: t + 1_500,
        id,
        direction,
        status: 'interim',
        text: text.slice(0, 24),
        source: 'event',
      },
      { kind: 'line', t: end + 380, id, direction, status: 'interim', text, source: 'event' },
      { kind: 'shown', t: end + 392, id, status: 'interim' },
      { kind: 'line', t: end + 900, id, direction, status: 'final', text, source: 'event' },
      { kind: 'shown', t: end + 914, id, status: 'final' },
      { kind: 'event', t: end + 898, direction: 'in', title: 'transcript_created', tone: 'plain' },
    )
    if (n === 2) items.push(...aTypedText(t + 800))
  }
  return items
}

const typed = 'This sentence was typed and is spoken into the call.'
const aTypedText = (t: number): RecordItem[] => [
  { kind: 'action', t, title: 'speaking.say' },
  {
    kind: 'api',
    t: t + 6,
    direction: 'out',
    title: 'POST /v1.0/speakings/…/say',
    result: '200',
    tone: 'good',
    ms: 64,
  },
  { kind: 'say', t: t + 5, id: 's1', status: 'sent', text: typed },
  { kind: 'say', t: t + 520, id: 's1', status: 'heard', text: typed },
  { kind: 'say', t: t + 4_400, id: 's1', status: 'transcribed', text: typed },
  {
    kind: 'line',
    t: t + 4_400,
    id: 'typed-1',
    direction: 'out',
    status: 'final',
    text: 'this sentence was typed and is spoken in the call',
    source: 'event',
  },
]

const anEnd = (length: number): RecordItem[] => [
  sip(length - 30, 'in', 'BYE'),
  sip(length - 28, 'out', '200 OK (BYE)', '200'),
  state(length, 'session', 'ended', 'hungUpByThem'),
  state(length + 60, 'platform call', 'hangup', 'normal'),
]

function someRtp(length: number, bad: boolean): RtpSample[] {
  const chance = createChance(7)
  let [lost, concealed, samples] = [0, 0, 0]
  return Array.from({ length: Math.max(0, Math.floor((length - 5_000) / 1_000)) }, (_, second) => {
    const poor = bad && second * 1_000 > length / 2
    lost += poor ? Math.floor(chance() * 9) : chance() > 0.97 ? 1 : 0
    concealed += poor ? Math.floor(chance() * 6_000) : 0
    samples += 48_000
    return {
      t: 5_000 + second * 1_000,
      packetsSent: second * 50,
      packetsReceived: second * 50 - lost,
      packetsLost: lost,
      jitterMs: poor ? 20 + chance() * 40 : 2 + chance() * 4,
      rttMs: poor ? 180 + chance() * 200 : 42 + chance() * 6,
      bufferMs: poor ? 120 + chance() * 80 : 44 + chance() * 12,
      samples,
      concealed,
    }
  })
}

function someLevels(length: number, where: LevelRow['where'], late: number): LevelRow[] {
  const chance = createChance(where === 'ear' ? 3 : 5)
  return Array.from({ length: Math.max(0, Math.ceil((length - 4_200) / 1_000)) }, (_, second) => {
    const t = 4_200 + second * 1_000
    const bytes = Uint8Array.from({ length: 50 }, (_none, frame) => {
      const place = (t + frame * 20 - 5_000 - late + turnMs * 4) % turnMs
      const isSpeech = place < speechMs && place >= 0 && t + frame * 20 < length - 3_000
      const syllable = 0.4 + 0.6 * Math.abs(Math.sin(place / 170)) * Math.abs(Math.sin(place / 730))
      return toByte(isSpeech ? 0.03 + 0.2 * syllable * chance() : 0.0006 + 0.0006 * chance())
    })
    return { t, where, data: toBase64(bytes) }
  })
}

/** Media that never came up. */
export function aFailingRecord(): FlightRecord {
  const record = aFlightRecord({ minutes: 0.6 })
  const items = record.items.filter(
    (item) => item.t < 4_060 || item.kind === 'state' || (item.kind === 'sip' && item.t > 30_000),
  )
  return {
    ...record,
    about: {
      ...record.about,
      id: 'gallery-failing',
      outcome: 'failed',
      why: 'The media path to the other side could not be opened.',
    },
    items: [
      ...items,
      media(4_060, 'ICE checking'),
      media(19_300, 'ICE disconnected'),
      media(34_100, 'ICE failed', 'bad'),
      media(34_101, 'path failed', 'bad'),
    ].sort((a, b) => a.t - b.t),
    rtp: record.rtp.map((sample) => ({ ...sample, packetsReceived: 0, packetsLost: 0 })),
    levels: record.levels.filter(({ where }) => where === 'microphone'),
  }
}
