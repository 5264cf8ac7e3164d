// How long things took, out of a record: registering, reaching somebody, hearing each other.
import type { FlightRecord, RecordItem, RecordMessage } from '../model/record.ts'
import { digitalSilence, frameMs, toGrid, unmeasured } from '../record/levels.ts'
import { phrase } from '../words/say.ts'
import { type Figure, known, unknown } from './figure.ts'

const isSip = (item: RecordItem): item is RecordMessage => item.kind === 'sip'
/** `REGISTER`, or the method in `200 OK (REGISTER)`. */
const methodOf = ({ title, result }: RecordMessage): string =>
  result === undefined ? title : (/\((\w+)\)$/.exec(title)?.[1] ?? '')
const statusOf = ({ result }: RecordMessage): number => Number(result ?? 0)

/** States are noted when main hears of them, messages when they leave: a connection's note may come after its REGISTER. */
const lateMs = 250

/**
 * RFC 6076 section 4.1: from the first REGISTER to the 200 OK, with the challenge between them; the last such pair. An
 * attempt that failed and the wait after it are no part of it, nor is the REGISTER that takes the phone offline.
 */
export function toRegistrationDelay({ items }: Pick<FlightRecord, 'items'>): Figure {
  let startedAt: number | undefined
  let found: number | undefined
  let before: number | undefined
  for (const item of items) {
    if (item.kind === 'state' && item.what === 'registration') {
      // What was answered since the state before this one took the binding away.
      if (item.to === 'offline') found = before
      if (isAnew(item.to, item.t - (startedAt ?? item.t))) startedAt = undefined
      before = found
    }
    const step = toRegisterStep(item)
    if (step === 'sent') startedAt ??= item.t
    else if (step !== undefined) {
      if (step === 'accepted' && startedAt !== undefined) found = item.t - startedAt
      startedAt = undefined
    }
  }
  return found === undefined
    ? unknown(phrase('No registration succeeded while this was recorded.'))
    : known(found)
}

function toRegisterStep(item: RecordItem): 'sent' | 'accepted' | 'refused' | undefined {
  if (!isSip(item) || methodOf(item) !== 'REGISTER') return undefined
  if (item.result === undefined) return item.direction === 'out' ? 'sent' : undefined
  if (statusOf(item) < 200 || isChallenge(item)) return undefined
  return statusOf(item) < 300 ? 'accepted' : 'refused'
}

const isAnew = (to: string, sinceMs: number) =>
  to === 'waiting' || to === 'offline' || (to === 'connecting' && sinceMs > lateMs)

const isChallenge = (item: RecordMessage) => statusOf(item) === 401 || statusOf(item) === 407

/** RFC 6076 section 4.3.1: from the first INVITE to the first answer that says more than 100; at the caller only. */
export function toSessionDelay({ items, about }: Pick<FlightRecord, 'items' | 'about'>): Figure {
  if (about.direction === 'incoming')
    return unknown(phrase('It is measured at the caller, and this call came in.'))
  let startedAt: number | undefined
  for (const item of items) {
    if (!isSip(item) || methodOf(item) !== 'INVITE') continue
    if (item.direction === 'out' && item.result === undefined) startedAt ??= item.t
    else if (
      startedAt !== undefined &&
      item.direction === 'in' &&
      statusOf(item) > 100 &&
      !isChallenge(item)
    ) {
      return statusOf(item) < 300
        ? known(item.t - startedAt)
        : unknown(phrase('The call was refused with {status}.', { status: statusOf(item) }))
    }
  }
  return unknown(startedAt === undefined ? phrase('No call was dialled.') : phrase('No answer came.'))
}

/**
 * From the answer (ours: when it was asked for; theirs: their 200 OK) to the moment from which sound flows both ways: the
 * first frame in the ear that is not digital silence, and the media path being up, from which on we send. Packets speak
 * for sound only where its loudness was not measured: silence comes in packets too.
 */
export function toAnswerDelay(record: Pick<FlightRecord, 'items' | 'levels' | 'rtp' | 'about'>): Figure {
  const answeredAt = findAnswer(record)
  if (answeredAt === undefined) return unknown(phrase('The call was not answered.'))
  const up = record.items.find(
    (item) =>
      item.kind === 'media' && item.t >= answeredAt && /^(DTLS connected|path connected)$/.test(item.title),
  )
  const outAt = up?.t ?? firstPacketAfter(record, answeredAt, 'packetsSent')
  const heard = hearAfter(record, answeredAt)
  const inAt = heard.isMeasured ? heard.at : firstPacketAfter(record, answeredAt, 'packetsReceived')
  if (inAt === undefined) return unknown(phrase('Nothing came from the other side.'))
  if (outAt === undefined) return unknown(phrase('Nothing was sent to the other side.'))
  return known(Math.max(0, Math.max(inAt, outAt) - answeredAt))
}

function findAnswer({ items, about }: Pick<FlightRecord, 'items' | 'about'>): number | undefined {
  const asked = items.find((item) => item.kind === 'action' && item.title === 'Answer')
  const ok = items.find(
    (item) => isSip(item) && item.direction === 'in' && methodOf(item) === 'INVITE' && item.result === '200',
  )
  const told = about.answeredT
  return about.direction === 'outgoing' ? (ok?.t ?? told) : (asked?.t ?? told)
}

function hearAfter(
  { levels }: Pick<FlightRecord, 'levels'>,
  at: number,
): { isMeasured: boolean; at?: number } {
  const grid = toGrid(levels.filter(({ where }) => where === 'ear'))
  const from = Math.max(0, Math.ceil((at - grid.t) / frameMs))
  let isMeasured = false
  for (let index = from; index < grid.frames.length; index++) {
    const frame = grid.frames[index]
    if (frame === unmeasured) continue
    isMeasured = true
    if (frame !== digitalSilence) return { isMeasured, at: grid.t + index * frameMs }
  }
  return { isMeasured }
}

/**
 * Once a second only: an upper bound. The counters run on from before the answer, where sound of a call that rings may
 * have flowed; with no sample from then the first one after it is what they are compared with.
 */
function firstPacketAfter(
  { rtp }: Pick<FlightRecord, 'rtp'>,
  at: number,
  count: 'packetsSent' | 'packetsReceived',
): number | undefined {
  const base = rtp.findLast(({ t }) => t < at) ?? rtp[0]
  return base && rtp.find((sample) => sample.t >= at && sample[count] > base[count])?.t
}
