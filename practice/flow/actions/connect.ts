// `connect`: calls a number from this call and joins the two (contract D). Practice has no telephone network: where the account
// may call out, somebody made up answers, says who was called, and gives back what they hear.
import { randomUUID } from 'node:crypto'
import { endUnborn } from '../../call/group.ts'
import { newCall } from '../../call/group-rows.ts'
import { advance, isEnded } from '../../call/status.ts'
import type { Call } from '../../store/resources.ts'
import { toAddress } from '../../store/store.ts'
import type { World } from '../../world.ts'
import type { Action, FlowContext } from '../action.ts'

/** How long it rings there before somebody answers. */
const ringsMs = 400

export const connect: Action = async (context, option) => {
  const { world, live, scope } = context
  const [wanted] = Array.isArray(option.destinations) ? option.destinations : []
  const destination = toAddress(wanted)
  const far: Call = {
    ...newCall(world, live.call.customer_id, toAddress(option.source)),
    id: randomUUID(),
    destination,
    master_call_id: live.call.id,
  }
  world.store.calls.add(far)
  world.store.calls.change(live.call, { chained_call_ids: [...live.call.chained_call_ids, far.id] })
  world.events.publish('call_created', far)
  if (destination.type !== 'tel' || !mayCallOut(world, live.call.customer_id)) {
    endUnborn(world, far, 'failed')
    return
  }
  advance(world, far, 'ringing', { tm_ringing: world.store.stamp() })
  scope.add(() => {
    if (!isEnded(far)) endUnborn(world, far, 'cancel')
  })
  await scope.sleep(ringsMs)
  if (scope.ended) return
  advance(world, far, 'progressing', { tm_progressing: world.store.stamp() })
  await talk(context, destination.target)
}

async function talk({ live, scope, signal }: FlowContext, number: string): Promise<void> {
  scope.add(live.ear.onHeard(({ pcm }) => void live.mouth.play(pcm, signal).catch(() => {})))
  await live.mouth.say(`You have reached ${[...number.slice(-4)].join(' ')}.`, 'en-US', signal)
  await scope.sleep(86_400_000)
}

/** Contract C.2: an identity that is verified, and a normal number. */
function mayCallOut(world: World, customerId: string): boolean {
  const isVerified = world.store.customers.get(customerId)?.identity_verification_status === 'verified'
  const own = world.store.numbers.all((row) => row.customer_id === customerId && row.status === 'active')
  return isVerified && own.some(({ type }) => type === 'normal')
}
