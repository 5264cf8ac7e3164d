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
import type { World } from '../world.ts'
import { builtIn, toCall, toGroupcall } from './group-rows.ts'
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

/** What one group shares while it rings. */
interface Ring {
  readonly world: World
  readonly wish: GroupWish
  readonly groupcall: Groupcall
  readonly calls: Call[]
}

export function createGroup(world: World, wish: GroupWish): Group {
  const calls = wish.targets.map((target) => toCall(world, wish, target))
  const groupcall = world.store.groupcalls.add(toGroupcall(world, wish, calls))
  tellGroup(world, groupcall, 'groupcall_created')
  const ring: Ring = { world, wish, groupcall, calls }
  return { groupcall, calls, begin: () => begin(ring) }
}

function begin(ring: Ring): void {
  const { world, calls, wish, groupcall } = ring
  for (const call of calls) {
    world.store.calls.add(call)
    world.events.publish('call_created', call)
  }
  // Hung up before its calls were born.
  if (groupcall.status !== 'progressing') giveUp(ring, calls)
  else if (wish.ringMethod === 'linear') dial(ring, 0)
  else for (const index of calls.keys()) dial(ring, index)
}

function dial(ring: Ring, index: number): void {
  const { world, wish, groupcall } = ring
  const call = ring.calls[index]
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
  startLiveCall(world, call, leg, variables, {
    onAnswered: (live) => onAnswered(ring, live),
    onEnded: () => onEnded(ring),
  })
}

/** The others are cancelled, and the flow runs on the leg that won. */
function onAnswered({ world, wish, groupcall, calls }: Ring, live: LiveCall): void {
  if (groupcall.answer_call_id !== NIL) return void live.hangUp()
  world.store.groupcalls.change(groupcall, { answer_call_id: live.call.id })
  tellGroup(world, groupcall, 'groupcall_progressing')
  wish.master?.onAnswered(groupcall)
  for (const other of calls) if (other !== live.call) endOther(world, other)
  void runFlow(world, live, wish.actions)
}

function onEnded(ring: Ring): void {
  const { world, groupcall, calls, wish } = ring
  const left = calls.filter((call) => !isEnded(call)).length
  world.store.groupcalls.change(groupcall, { call_count: left })
  if (left === 0) finish(ring)
  else if (wish.ringMethod === 'linear') dialNext(ring)
}

/** Rings one after the other until somebody answers or it was hung up. */
function dialNext(ring: Ring): void {
  const { groupcall, calls } = ring
  if (groupcall.answer_call_id !== NIL) return
  const next = groupcall.dial_index + 1
  if (groupcall.status === 'progressing') dial(ring, next)
  else giveUp(ring, calls.slice(next))
}

function giveUp(ring: Ring, unborn: readonly Call[]): void {
  for (const call of unborn) endUnborn(ring.world, call, 'cancel')
  finish(ring)
}

function finish({ world, groupcall, wish }: Ring): void {
  world.store.groupcalls.change(groupcall, { status: 'hangup', call_count: 0 })
  tellGroup(world, groupcall, 'groupcall_hangup')
  wish.master?.onOver(groupcall)
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
