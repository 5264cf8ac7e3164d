// Places calls: from a request to groups of legs (contract C.3, C.4).
import { randomUUID } from 'node:crypto'
import { isActionType } from '../flow/catalogue.ts'
import { toFlow } from '../flow/run-flow.ts'
import { ApiError, badRequest, internal } from '../http/errors.ts'
import type { ApiRequest } from '../http/route.ts'
import {
  type Address,
  type Call,
  type Extension,
  type FlowAction,
  type Groupcall,
  NIL,
} from '../store/resources.ts'
import { toAddress } from '../store/store.ts'
import type { World } from '../world.ts'
import { createGroup, endUnborn, type Group, type GroupWish, type Target } from './group.ts'
import { newCall } from './group-rows.ts'
import { createNestedGroup } from './nested-group.ts'

export interface Placed {
  calls: Call[]
  groupcalls: Groupcall[]
}

export async function placeCalls(request: ApiRequest): Promise<Placed> {
  const { world, who, body } = request
  const source = toAddress(body.source)
  const destinations = readDestinations(body)
  checkAccount(world, who.customerId)
  const actions = readActions(world, body)
  const variables = readVariables(body)
  checkNumbers(world, who.customerId, source, destinations)

  const placed: Placed = { calls: [], groupcalls: [] }
  for (const destination of destinations) {
    if (destination.type === 'tel') {
      // Practice has no provider for the telephone network: the call ends at once (contract I.17).
      placed.calls.push(placeUnheard(world, who.customerId, source, destination))
      continue
    }
    const extensions = findExtensions(world, who.customerId, destination)
    const targets = await Promise.all(extensions.map((extension) => toTargets(world, extension)))
    const perExtension = targets.filter(({ length }) => length > 0)
    if (perExtension.length === 0) {
      const refused = world.dialect.call.unregistered()
      if (refused) throw refused
      placed.calls.push(placeUnheard(world, who.customerId, source, destination))
      continue
    }
    const group = toGroup(world, perExtension, {
      customerId: who.customerId,
      source,
      destinations: [destination],
      targets: perExtension.flat(),
      actions,
      variables,
      owner: ownerOf(world, destination),
      ringMethod: 'ring_all',
    })
    begin(world, group)
    if (world.dialect.call.placedAs === 'calls') placed.calls.push(...group.calls)
    else placed.groupcalls.push(group.groupcall)
  }
  return placed
}

/** An agent has a groupcall above those of its extensions. */
function toGroup(world: World, perExtension: Target[][], wish: GroupWish): Group {
  if (wish.destinations[0]?.type !== 'agent') return createGroup(world, wish)
  return createNestedGroup(world, wish, perExtension)
}

/** `POST /groupcalls`: all destinations in one group. */
export async function placeGroup(request: ApiRequest): Promise<Groupcall> {
  const { world, who, body } = request
  const destinations = readDestinations(body)
  checkAccount(world, who.customerId)
  const extensions = destinations.flatMap((destination) => findExtensions(world, who.customerId, destination))
  const perExtension = await Promise.all(extensions.map((extension) => toTargets(world, extension)))
  const targets = perExtension.flat()
  if (targets.length === 0) throw internal()
  const group = createGroup(world, {
    customerId: who.customerId,
    source: toAddress(body.source),
    destinations,
    targets,
    owner: destinations[0] ? ownerOf(world, destinations[0]) : { owner_type: '', owner_id: NIL },
    ringMethod: body.ring_method === 'linear' ? 'linear' : 'ring_all',
    actions: readActions(world, body),
    variables: {},
  })
  begin(world, group)
  return group.groupcall
}

/** Ids are handed out before the calls exist, where the dialect says so. */
function begin(world: World, group: Group): void {
  if (world.dialect.call.bornAfterMs === 0) group.begin()
  else world.scope.after(world.dialect.call.bornAfterMs, group.begin)
}

function readDestinations(body: Record<string, unknown>): Address[] {
  const given = body.destinations
  if (!Array.isArray(given) || given.length === 0) throw badRequest('No destinations.')
  return given.map(toAddress)
}

function readActions({ dialect }: World, body: Record<string, unknown>): FlowAction[] {
  const given = body.actions ?? []
  if (!Array.isArray(given)) throw badRequest('The actions are not a list.')
  for (const action of given)
    if (!isActionType(action?.type) && !dialect.moreActions.includes(action?.type))
      throw badRequest(`Unknown action type: ${String(action?.type)}.`, 'INVALID_ACTION_TYPE')
  return toFlow(given, randomUUID)
}

/** At most 100 keys, 64 KB in all, 32 KB each; the platform's own names are ignored (contract C.3, J). */
function readVariables(body: Record<string, unknown>): Record<string, string> {
  const given = Object.entries((body.variables ?? {}) as Record<string, unknown>)
  const pairs = given.map(([key, value]) => [key, String(value)] as const)
  const size = pairs.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0)
  const tooLong = pairs.some(([, value]) => Buffer.byteLength(value) > 32 * 1024)
  if (pairs.length > 100 || size > 64 * 1024 || tooLong) throw badRequest('Too many variables.')
  return Object.fromEntries(pairs.filter(([key]) => !key.startsWith('voipbin.')))
}

/** Whoever had their deletion scheduled has so long to come back. */
const graceMs = 30 * 86_400_000

function checkAccount(world: World, customerId: string): void {
  const { status, tm_deletion_scheduled: asked } = world.store.customers.get(customerId) ?? {}
  if (status === 'frozen')
    throw new ApiError(403, 'ACCOUNT_FROZEN', 'The account is frozen.', {
      details: [
        {
          deletion_scheduled_at: asked ?? '',
          deletion_effective_at: asked ? new Date(Date.parse(asked) + graceMs).toISOString() : '',
          recovery_endpoint: '/auth/unregister',
        },
      ],
    })
  if (status !== 'active') throw internal('The account is not active.')
  const balance = world.store.billingAccounts.all((row) => row.customer_id === customerId)[0]?.balance_credit
  if ((balance ?? 0) <= 0) throw new ApiError(402, 'INSUFFICIENT_BALANCE', 'The balance is too low.')
}

/** Contract C.2: calls to extensions need no number; those to the telephone network need much. */
function checkNumbers(world: World, customerId: string, source: Address, destinations: Address[]): void {
  const { sourceMustBeOwned } = world.dialect.call
  const outside = destinations.filter(({ type }) => type === 'tel')
  if (outside.some(({ target }) => !/^\+[1-9]\d{4,14}$/.test(target)))
    throw badRequest('A destination number is not E.164.')
  const isVerified = world.store.customers.get(customerId)?.identity_verification_status === 'verified'
  if (outside.length > 0 && !isVerified)
    throw new ApiError(403, 'IDENTITY_VERIFICATION_REQUIRED', 'The identity is not verified.')
  const own = world.store.numbers.all((row) => row.customer_id === customerId && row.status === 'active')
  const isOwned = own.some((row) => row.number === source.target)
  if (sourceMustBeOwned && source.type === 'tel' && !isOwned)
    throw badRequest('The source number is not owned by the account.')
  // Another source is replaced by the default number, if there is one.
  if (outside.length > 0 && !own.some(({ type }) => type === 'normal'))
    throw internal('No number to call from.')
}

function findExtensions(world: World, customerId: string, destination: Address): Extension[] {
  const own = world.store.extensions.all((row) => row.customer_id === customerId)
  const { dialKey } = world.dialect.extension
  if (destination.type === 'extension')
    return own.filter((row) =>
      destination.target_name ? dialKey(row) === destination.target_name : row.id === destination.target,
    )
  if (destination.type === 'agent') {
    const agent = world.store.agents.get(destination.target)
    const ids = new Set(agent?.customer_id === customerId ? agent.addresses.map(({ target }) => target) : [])
    return own.filter((row) => ids.has(row.id))
  }
  throw internal(`Practice cannot call a destination of type ${destination.type || '(none)'}.`)
}

/** The line serves the practice customer only: nobody can register at another one. */
async function toTargets(world: World, extension: Extension): Promise<Target[]> {
  if (extension.customer_id !== world.seeded.customer.id) return []
  await world.line.refreshContacts?.(extension.extension)
  return world.line.contacts(extension.extension).map((contact) => ({ extension, contact }))
}

/** A groupcall belongs to the agent whose extension was dialled by its id (contract E.5). */
function ownerOf(world: World, destination: Address): { owner_type: string; owner_id: string } {
  const agent = world.store.agents
    .all()
    .find((row) => [row.id, ...row.addresses.map(({ target }) => target)].includes(destination.target))
  return agent ? { owner_type: 'agent', owner_id: agent.id } : { owner_type: '', owner_id: NIL }
}

/** Nobody is registered: the call exists and hangs up at once (contract I.17). */
function placeUnheard(world: World, customerId: string, source: Address, destination: Address): Call {
  const call = world.store.calls.add({ ...newCall(world, customerId, source), destination })
  world.events.publish('call_created', call)
  world.scope.after(20, () => endUnborn(world, call, 'failed'))
  return call
}
