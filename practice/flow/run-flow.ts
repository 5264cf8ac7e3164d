// Runs the actions of a call after its answer, one after the other, and hangs up after the last (contract D).
import type { LiveCall } from '../call/live-call.ts'
import type { FlowAction } from '../store/resources.ts'
import { NIL } from '../store/resources.ts'
import type { World } from '../world.ts'
import type { FlowContext, Next } from './action.ts'
import { running } from './catalogue.ts'

export async function runFlow(world: World, live: LiveCall, actions: readonly FlowAction[]): Promise<void> {
  const context: FlowContext = { world, live, scope: live.scope, signal: live.scope.signal }
  let index = 0
  while (index < actions.length && !live.scope.ended) {
    const action = actions[index]
    if (!action) break
    const next = await runAction(context, action)
    if (next === 'stop') break
    const target = next ? actions.findIndex((one) => one.id === next.goto) : -1
    index = target >= 0 ? target : index + 1
  }
  await live.hangUp()
}

/** A failing action is skipped; so is one that practice cannot run. */
async function runAction(context: FlowContext, action: FlowAction): Promise<Next> {
  const { world, live } = context
  world.store.calls.change(live.call, { action: { ...action, tm_execute: world.store.stamp() } })
  world.events.publish('call_updated', live.call)
  const run = running[action.type]
  if (!run) {
    world.log.info(`action ${action.type} is not run by practice: skipped`)
    return undefined
  }
  try {
    return await run(context, action.option)
  } catch (error) {
    if (!live.scope.ended) world.log.warn(`action ${action.type} failed: skipped`, error)
    return undefined
  }
}

/** Actions of a request as the platform keeps them: with ids, each knowing its next one. */
export function toFlow(
  wishes: ReadonlyArray<{ id?: unknown; type: string; option?: unknown }>,
  makeId: () => string,
): FlowAction[] {
  const flow = wishes.map((wish) => ({
    id: typeof wish.id === 'string' && wish.id ? wish.id : makeId(),
    next_id: NIL,
    type: wish.type,
    option: (wish.option ?? {}) as Record<string, unknown>,
    tm_execute: null,
  }))
  return flow.map((action, index) => ({ ...action, next_id: flow[index + 1]?.id ?? NIL }))
}
