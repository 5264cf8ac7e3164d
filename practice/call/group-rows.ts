// The rows of a group as they begin: the groupcall, its calls, and what their flow knows of them.
import { type Address, type Call, type Groupcall, NIL } from '../store/resources.ts'
import { emptyAction } from '../store/store.ts'
import type { World } from '../world.ts'
import type { GroupWish, Target } from './group.ts'

export function toCall(world: World, wish: GroupWish, target: Target): Call {
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

export function builtIn(call: Call): Record<string, string> {
  return {
    'voipbin.call.id': call.id,
    'voipbin.call.source.target': call.source.target,
    'voipbin.call.source.target_name': call.source.target_name,
    'voipbin.call.destination.target': call.destination.target,
    'voipbin.call.destination.target_name': call.destination.target_name,
  }
}
