// A call with its leg: follows the leg through its life and ends everything that hangs on the call with it.
import type { Scope } from '../../common/kit/scope.ts'
import type { Leg, LegState } from '../line.ts'
import type { Call } from '../store/resources.ts'
import type { World } from '../world.ts'
import { createEar, type Ear } from './ear.ts'
import { createFar, type Far } from './far.ts'
import { createMouth, type Mouth } from './mouth.ts'
import { advance, isEnded, toHangupReason } from './status.ts'

export interface LiveCall {
  readonly call: Call
  readonly leg: Leg
  readonly mouth: Mouth
  readonly ear: Ear
  /** Whoever is at the other end. */
  readonly far: Far
  /** Ends with the call. */
  readonly scope: Scope
  readonly variables: Map<string, string>
  /** Ends of what runs on this call, by transcribe id. */
  readonly transcribers: Map<string, () => void>
  hangUp(): Promise<void>
}

export interface LiveCallEvents {
  onAnswered(live: LiveCall): void
  onEnded(live: LiveCall): void
}

export function startLiveCall(
  world: World,
  call: Call,
  leg: Leg,
  variables: Map<string, string>,
  events: LiveCallEvents,
): LiveCall {
  const scope = world.scope.child(`call ${call.id}`)
  const live: LiveCall = {
    call,
    leg,
    mouth: createMouth(leg, world.voice),
    ear: createEar(leg, world.createVoiceActivity()),
    far: createFar(leg, world.voice),
    scope,
    variables,
    transcribers: new Map(),
    async hangUp() {
      if (isEnded(call)) return
      advance(world, call, call.status === 'progressing' ? 'terminating' : 'canceling')
      await leg.hangUp()
    },
  }
  world.live.set(call.id, live)
  scope.after(world.timings.maxCallMs, () => void live.hangUp())
  const follow = (state: LegState) => followLeg(world, live, state, events)
  scope.add(leg.onChange(follow))
  follow(leg.state)
  return live
}

function followLeg(world: World, live: LiveCall, state: LegState, events: LiveCallEvents): void {
  const { call } = live
  if (state.status === 'ringing') advance(world, call, 'ringing', { tm_ringing: world.store.stamp() })
  if (state.status === 'answered') {
    // A call that was cancelled meanwhile does not come up any more.
    if (advance(world, call, 'progressing', { tm_progressing: world.store.stamp() })) events.onAnswered(live)
    else if (!isEnded(call)) void live.leg.hangUp()
  }
  if (state.status === 'ended') {
    const byUs = call.status === 'terminating' || call.status === 'canceling'
    const wasUp = call.tm_progressing !== null
    const reason = byUs && !wasUp ? 'cancel' : toHangupReason(state, wasUp)
    live.ear.flush()
    for (const stop of [...live.transcribers.values()]) stop()
    advance(world, call, 'hangup', {
      hangup_by: byUs ? 'local' : 'remote',
      hangup_reason: reason,
      tm_hangup: world.store.stamp(),
    })
    world.live.delete(call.id)
    void live.scope.end()
    events.onEnded(live)
  }
}
