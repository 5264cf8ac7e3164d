// A groupcall: one leg per registered contact; the first answer wins and the others are cancelled (contract F.3, G.1).

import { runFlow } from '../flow/run-flow.ts'
import type { RegisteredContact } from '../line.ts'
import {
  type Address,
  type Call,
  type Extension,
  type FlowAction,
  type Groupcall,
  NIL,
} from '../store/resources.ts'
import { emptyAction } from '../store/store.ts'
import type { World } from '../world.ts'
import { type LiveCall, startLiveCall } from './live-call.ts'
import { advance, isEnded } from './status.ts'

export interface Target {
  extension: Extension
  contact: RegisteredContact
}

export interface GroupWish {
  customerId: string
  source: Address
  destinations: Address[]
  targets: Target[]
  owner: { owner_type: string; owner_id: string }
  ringMethod: Groupcall['ring_method']
  actions: FlowAction[]
  variables: Record<string, string>
  /** Of a child: the groupcall above it, which wants to know. */
  master?: { id: string; onAnswered(child: Groupcall): void; onOver(child: Groupcall): void }
}

export interface Group {
  groupcall: Groupcall
  /** One per target, in order; not in the store before they are born. */
  calls: Call[]
  /** Creates the calls and dials. */
  begin(): void
}

export function createGroup(world: World, wish: GroupWish): Group {
  const { store } = world
  const calls = wish.targets.map((target) => toCall(world, wish, target))
  const groupcall = store.groupcalls.add(toGroupcall(world, wish, calls))
  tellGroup(world, groupcall, 'groupcall_created')

  /** Answered: the others are cancelled, and the flow runs on the leg that won. */
  const onAnswered = (live: LiveCall) => {
    if (groupcall.answer_call_id !== NIL) return void live.hangUp()
    store.groupcalls.change(groupcall, { answer_call_id: live.call.id })
    tellGroup(world, groupcall, 'groupcall_progressing')
    wish.master?.onAnswered(groupcall)
    for (const other of calls) if (other !== live.call) endOther(world, other)
    void runFlow(world, live, wish.actions)
  }
  const onEnded = () => {
    const left = calls.filter((call) => !isEnded(call)).length
    store.groupcalls.change(groupcall, { call_count: left })
    if (left > 0) return dialNext()
    finish()
  }
  const finish = () => {
    store.groupcalls.change(groupcall, { status: 'hangup', call_count: 0 })
    tellGroup(world, groupcall, 'groupcall_hangup')
    wish.master?.onOver(groupcall)
  }

  const dial = (index: number) => {
    const call = calls[index]
    const target = wish.targets[index]
    if (!call || !target) return
    groupcall.dial_index = index
    const leg = world.line.invite({
      contact: target.contact,
      extension: target.extension.extension,
      from: { user: call.source.target, displayName: call.source.target_name },
      ringMs: world.timings.ringMs,
    })
    const variables = new Map(Object.entries({ ...wish.variables, ...builtIn(call) }))
    startLiveCall(world, call, leg, variables, { onAnswered, onEnded })
  }
  /** `linear` rings one after the other until somebody answers or it was hung up. */
  const dialNext = () => {
    if (wish.ringMethod !== 'linear' || groupcall.answer_call_id !== NIL) return
    const next = groupcall.dial_index + 1
    if (groupcall.status === 'progressing') return dial(next)
    for (const call of calls.slice(next)) endUnborn(world, call, 'cancel')
    finish()
  }
  return {
    groupcall,
    calls,
    begin() {
      for (const call of calls) {
        store.calls.add(call)
        world.events.publish('call_created', call)
      }
      if (wish.ringMethod === 'linear') dial(0)
      else
        calls.forEach((_, index) => {
          dial(index)
        })
    },
  }
}

function endOther(world: World, call: Call): void {
  const live = world.live.get(call.id)
  if (live) void live.hangUp()
  else endUnborn(world, call, 'cancel')
}

/** Ends a call that has no leg. */
export function endUnborn(world: World, call: Call, reason: 'failed' | 'cancel'): void {
  advance(world, call, 'hangup', {
    hangup_by: reason === 'cancel' ? 'local' : 'remote',
    hangup_reason: reason,
    tm_hangup: world.store.stamp(),
  })
}

/** Where extensions are answered as plain calls, nobody hears of the group. */
export function tellGroup(world: World, groupcall: Groupcall, type: string): void {
  if (world.dialect.call.placedAs === 'groupcalls') world.events.publish(type, groupcall)
}

export async function hangUpGroup(world: World, groupcall: Groupcall): Promise<void> {
  if (groupcall.status === 'progressing') world.store.groupcalls.change(groupcall, { status: 'hangingup' })
  await Promise.all(groupcall.call_ids.map((id) => world.live.get(id)?.hangUp()))
  for (const id of groupcall.groupcall_ids) {
    const child = world.store.groupcalls.get(id)
    if (child) await hangUpGroup(world, child)
  }
}

function toCall(world: World, wish: GroupWish, target: Target): Call {
  return {
    ...newCall(world, wish.customerId, wish.source),
    destination: world.dialect.call.childDestination(target.extension, target.contact.uri),
  }
}

export function newCall(world: World, customerId: string, source: Address): Call {
  return {
    ...world.store.row(customerId),
    owner_type: '',
    owner_id: NIL,
    flow_id: NIL,
    activeflow_id: world.store.row(customerId).id,
    type: 'flow',
    master_call_id: NIL,
    chained_call_ids: [],
    recording_id: NIL,
    recording_ids: [],
    groupcall_id: NIL,
    source,
    destination: { type: '', target: '', target_name: '', name: '', detail: '' },
    status: 'dialing',
    action: { ...emptyAction },
    direction: 'outgoing',
    mute_direction: '',
    hangup_by: '',
    hangup_reason: '',
    metadata: {},
    tm_ringing: null,
    tm_progressing: null,
    tm_hangup: null,
  }
}

export function toGroupcall(world: World, wish: GroupWish, calls: Call[]): Groupcall {
  return {
    ...world.store.row(wish.customerId),
    ...wish.owner,
    status: 'progressing',
    flow_id: NIL,
    source: wish.source,
    destinations: wish.destinations,
    master_call_id: NIL,
    master_groupcall_id: wish.master?.id ?? NIL,
    ring_method: wish.ringMethod,
    answer_method: 'hangup_others',
    answer_call_id: NIL,
    call_ids: calls.map((call) => call.id),
    answer_groupcall_id: NIL,
    groupcall_ids: [],
    call_count: calls.length,
    groupcall_count: 0,
    dial_index: 0,
  }
}

function builtIn(call: Call): Record<string, string> {
  return {
    'voipbin.call.id': call.id,
    'voipbin.call.source.target': call.source.target,
    'voipbin.call.source.target_name': call.source.target_name,
    'voipbin.call.destination.target': call.destination.target,
    'voipbin.call.destination.target_name': call.destination.target_name,
  }
}
