// Calls and groupcalls on the wire → our model (contract C.3, C.4). Unknown fields and values pass.
import { z } from 'zod'
import type { Address, Call, CallStatus, Groupcall } from '../../../common/model/call.ts'
import { OptionalTime } from './times.ts'
import { Id, Ids, OptionalId, OptionalText, Text } from './values.ts'

const nobody: Address = { type: '', target: '', targetName: '' }

const WireAddress = z
  .object({ type: Text, target: Text, target_name: Text })
  .transform((wire): Address => ({ type: wire.type, target: wire.target, targetName: wire.target_name }))
  .catch(nobody)

const statuses = [
  'dialing',
  'ringing',
  'progressing',
  'terminating',
  'canceling',
  'hangup',
] as const satisfies readonly CallStatus[]

export const WireCall = z
  .object({
    id: Id,
    status: z.enum(statuses).or(z.literal('unknown')).catch('unknown'),
    direction: z.enum(['incoming', 'outgoing', 'unknown']).catch('unknown'),
    source: WireAddress,
    destination: WireAddress,
    activeflow_id: OptionalId,
    master_call_id: OptionalId,
    chained_call_ids: Ids,
    hangup_by: OptionalText,
    hangup_reason: OptionalText,
    tm_ringing: OptionalTime,
    tm_progressing: OptionalTime,
    tm_hangup: OptionalTime,
    tm_create: OptionalTime,
    tm_update: OptionalTime,
  })
  .transform(
    (wire): Call => ({
      id: wire.id,
      status: wire.status,
      direction: wire.direction,
      source: wire.source,
      destination: wire.destination,
      activeflowId: wire.activeflow_id,
      masterCallId: wire.master_call_id,
      chainedCallIds: wire.chained_call_ids,
      hangupBy: wire.hangup_by,
      hangupReason: wire.hangup_reason,
      ringingAt: wire.tm_ringing,
      progressingAt: wire.tm_progressing,
      hangupAt: wire.tm_hangup,
      createdAt: wire.tm_create,
      updatedAt: wire.tm_update,
    }),
  )

export const WireGroupcall = z
  .object({
    id: Id,
    status: Text,
    source: WireAddress,
    call_ids: Ids,
    groupcall_ids: Ids,
    answer_call_id: OptionalId,
    tm_update: OptionalTime,
  })
  .transform(
    (wire): Groupcall => ({
      id: wire.id,
      status: wire.status,
      callIds: wire.call_ids,
      groupcallIds: wire.groupcall_ids,
      from: wire.source.target || undefined,
      answerCallId: wire.answer_call_id,
      updatedAt: wire.tm_update,
    }),
  )

interface Placed {
  calls: Call[]
  groupcalls: Groupcall[]
}

/**
 * The four shapes of an answer to `POST /calls` (contract C.3): `{calls, groupcalls}`, a bare array of calls, one call,
 * one groupcall. Which of both a single object is, its fields tell (contract E.4).
 */
export const PlacedCalls = z.unknown().transform((answer, context): Placed => {
  const lists = toLists(answer)
  const placed: Placed = { calls: [], groupcalls: [] }
  for (const row of lists) {
    const call = isGroupcall(row) ? undefined : WireCall.safeParse(row)
    const groupcall = isGroupcall(row) ? WireGroupcall.safeParse(row) : undefined
    if (call?.success) placed.calls.push(call.data)
    else if (groupcall?.success) placed.groupcalls.push(groupcall.data)
  }
  if (placed.calls.length + placed.groupcalls.length === 0) {
    context.addIssue({ code: 'custom', message: 'names no call' })
    return z.NEVER
  }
  return placed
})

function toLists(answer: unknown): unknown[] {
  if (Array.isArray(answer)) return answer
  if (typeof answer !== 'object' || answer === null) return []
  const { calls, groupcalls } = answer as { calls?: unknown; groupcalls?: unknown }
  const lists = [calls, groupcalls].filter((list) => Array.isArray(list))
  return lists.length > 0 ? lists.flat() : [answer]
}

/** `ring_method`, `call_ids` or a list of destinations make a groupcall (contract E.4). */
export function isGroupcall(row: unknown): boolean {
  if (typeof row !== 'object' || row === null) return false
  return (
    'ring_method' in row || 'call_ids' in row || ('destinations' in row && Array.isArray(row.destinations))
  )
}
