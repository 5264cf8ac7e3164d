// One call of practice through the real edge: our own peer places it, plain RTP carries it.
import { randomUUID } from 'node:crypto'
import type { InviteOptions, Leg, LegEnd, LineStrings } from '../../../practice/line.ts'
import { createListeners } from '../../../practice/media/listeners.ts'
import { createReceiver, WAKE_MS } from '../../../practice/media/receiver.ts'
import { toLegEnd } from '../../../practice/sip/leg-end.ts'
import { createLegLife } from '../../../practice/sip/leg-state.ts'
import type { CallEnd, PeerCall } from '../peer/call.ts'
import type { Peer } from '../peer/peer.ts'

const GOODBYE_MS = 2_000

export interface EdgeLeg extends Leg {
  /** Over at once, without a word to the phone. */
  drop(): void
}

/** The states are practice's own (leg-state.ts); what the peer saw is translated into them. */
export function createEdgeLeg(
  peer: Peer,
  invite: InviteOptions,
  strings: LineStrings,
  log: (line: string) => void,
): EdgeLeg {
  const id = randomUUID()
  const callId = randomUUID()
  const life = createLegLife(`leg ${id.slice(0, 8)}`, log)
  const audio = createListeners<Int16Array>()
  const keys = createListeners<string>()
  const receiver = createReceiver(audio.tell)
  let call: PeerCall | undefined
  /** Why we gave up before the answer. */
  let givenUp: LegEnd | undefined

  const attend = (placed: PeerCall) => {
    call = placed
    life.scope.add(() => placed.hangUp().catch(() => {}))
    placed.heard.onAudio((_, { timestamp, payload }) => receiver.push({ timestamp, payload }))
    placed.heard.onDigit(keys.tell)
    placed.provisional(180, invite.ringMs).then(life.ringing, () => {})
    placed.answered(2 * invite.ringMs).then(onAnswered, () => {})
    placed.ended(24 * 3_600_000).then(onEnded, () => {})
    const wanted = () => Object.assign(placed.media.faults.loss, toLoss(strings))
    wanted()
    life.scope.every(WAKE_MS, () => {
      wanted()
      receiver.wake()
    })
    if (givenUp) void placed.hangUp().catch(() => {})
  }
  const onAnswered = () => life.answered()
  const onEnded = (end: CallEnd) => {
    const why = end.by === 'us' && givenUp ? givenUp : toWhy(end)
    life.end(givenUp || end.by === 'us' ? 'local' : 'remote', why, end.status)
  }
  const giveUp = (why: LegEnd) => {
    if (life.ended || life.state.status === 'answered' || givenUp) return
    givenUp = why
    call?.hangUp().catch(() => {})
    life.scope.after(GOODBYE_MS, () => life.end('local', why))
  }

  const { user, displayName } = invite.from
  // Not of the registrar's domain: the edge would ask the platform for an extension's password.
  const from = {
    user: user || 'anonymous',
    domain: 'platform.test',
    displayName: displayName.replace(/["\\]/g, ' '),
  }
  peer.call(invite.contact.uri, { from, callId }).then(attend, (error: Error) => {
    log(`could not call: ${error.message}`)
    life.end('local', 'failed')
  })
  life.scope.after(invite.ringMs, () => giveUp('timeout'))

  return {
    id,
    sipCallId: callId,
    get state() {
      return life.state
    },
    onChange: life.onChange,
    play: async (pcm, signal) => call?.play(pcm, signal),
    onAudio: audio.add,
    onDtmf: keys.add,
    async hangUp() {
      const over = life.over()
      if (life.state.status === 'answered') {
        life.scope.after(GOODBYE_MS, () => life.end('local', 'normal'))
        await call?.bye().catch(() => {})
        life.end('local', 'normal')
      } else giveUp('canceled')
      await over
    },
    drop() {
      call?.vanish()
      life.end('local', 'failed')
    },
  }
}

/** Ours is the caller's end: what it sends goes to the phone. */
function toLoss({ loss, mute }: LineStrings): { send: number; receive: number } {
  return { send: mute.toPhone ? 1 : loss.toPhone, receive: mute.fromPhone ? 1 : loss.fromPhone }
}

function toWhy({ how, status }: CallEnd): LegEnd {
  if (how === 'bye') return 'normal'
  if (how === 'timeout') return 'unreachable'
  if (how === 'vanished') return 'failed'
  return toLegEnd(status ?? 500)
}
