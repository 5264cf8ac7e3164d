// One call from the caller on the edge to a phone, with its times at the caller and in the phone.
import type { PeerCall } from '../../edge/peer/call.ts'
import { nowMs, sleep } from '../figure.ts'
import type { Stage } from './stage.ts'
import type { Ear, Phone } from './subject.ts'

export interface CallTimes {
  /** INVITE sent → 180, at the caller. */
  ringing: number
  /** Of it: INVITE sent by the edge → 180 back at the edge, which is the phone alone. */
  ringingPhone: number
  /** Answer click or command → 200, at the caller. */
  answered: number
  /** Of it: until the 200 reached the edge, which is the phone alone. */
  answeredPhone: number
  /** 200 → first RTP of the phone, at the caller. */
  firstRtp: number
  /** 200 at the caller → first sound of the caller behind the decoder of the phone. */
  ear: number
  /** Answer click or command → the same. */
  answerToEar: number
}

export interface RunningCall {
  call: PeerCall
  ear: Ear
  invitedAt: number
  ringsAt: number
  clickedAt: number
  answeredAt: number
  /** Resolves when the voice has been said. */
  spoken: Promise<void>
  /** BYE by the caller; resolves when the phone is ready for the next one. */
  end(): Promise<void>
}

export interface CallOptions {
  ear: Parameters<Phone['expectCall']>[0]
  /** Said from the first frame on. */
  voice: Int16Array
  /** How long people let it ring. */
  ringMs?: number
  /** Between INVITE and media. */
  prepare?(call: PeerCall): void
}

export async function answeredCall(stage: Stage, phone: Phone, options: CallOptions): Promise<RunningCall> {
  const ear = await phone.expectCall(options.ear)
  let invitedAt = 0
  const call = await stage.caller.call(`sip:${phone.extension}@${stage.edge.domain}`, {
    // The last change before it leaves is none, but tells when.
    edit: (request) => {
      invitedAt = nowMs()
      return request
    },
  })
  options.prepare?.(call)
  const spoken = call.play(options.voice)
  await call.provisional(180)
  const ringsAt = timeOf(call, 'provisional')
  await phone.rings()
  await sleep(options.ringMs ?? 400)
  const clickedAt = await phone.answer()
  await call.answered()
  return {
    call,
    ear,
    invitedAt,
    ringsAt,
    clickedAt,
    answeredAt: timeOf(call, 'answered'),
    spoken,
    async end() {
      await call.hangUp()
      await phone.settled()
    },
  }
}

/** A whole short call. */
export async function timedCall(stage: Stage, phone: Phone, ringMs = 400): Promise<CallTimes> {
  const running = await answeredCall(stage, phone, { ear: 'first sound', voice: tone, ringMs })
  const { call, ear, invitedAt, ringsAt, clickedAt, answeredAt } = running
  const [packet, heardAt] = await Promise.all([call.heard.packet(), ear.firstSound(clickedAt)])
  await running.end()
  const at = (name: 'branch' | 'reply', fields = {}) =>
    stage.edge.log.find(name, { call: call.callId, method: 'INVITE', ...fields })[0]?.at ?? Number.NaN
  return {
    ringing: ringsAt - invitedAt,
    ringingPhone: at('reply', { status: 180 }) - at('branch'),
    answered: answeredAt - clickedAt,
    answeredPhone: at('reply', { status: 200 }) - clickedAt,
    firstRtp: packet.at - answeredAt,
    ear: heardAt - answeredAt,
    answerToEar: heardAt - clickedAt,
  }
}

function timeOf({ facts }: PeerCall, kind: 'provisional' | 'answered'): number {
  const fact = facts.all.find(
    (each) => each.kind === kind && (each.kind !== 'provisional' || each.message.status === 180),
  )
  if (!fact) throw new Error(`no ${kind}`)
  return fact.at
}

/** Made ahead: the answer must not wait for it. */
export const tone = Int16Array.from({ length: 90 * 8_000 }, (_, i) =>
  Math.round(8_000 * Math.sin((2 * Math.PI * 600 * i) / 8_000)),
)
