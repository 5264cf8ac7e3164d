// The strings to pull: everything that can go wrong with a platform, on demand, for tests and for learners.
// `POST /practice/strings` with the control token; `GET` tells what there is to pull at.
import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { readBody } from './http/body.ts'
import { ApiError, badRequest, notFound } from './http/errors.ts'
import type { Reply } from './http/route.ts'
import type { Customer } from './store/resources.ts'
import { addNumber, addOwnNumbers, startingCredit } from './store/seed.ts'
import { addTranscript } from './transcribe/live-transcribe.ts'
import type { World } from './world.ts'

const count = z.number().int().min(1).default(1)
const ms = z.number().min(0).max(600_000)
const share = z.number().min(0).max(1).default(0)
const eventType = z.string().default('*')

export const StringPull = z.discriminatedUnion('pull', [
  /** Answer REGISTER with this status; 0 = not at all; null = as usual. */
  z.object({ pull: z.literal('registration'), status: z.number().int().min(0).max(699).nullable() }),
  z.object({ pull: z.literal('sipDelay'), ms }),
  z.object({ pull: z.literal('sipSockets') }),
  z.object({ pull: z.literal('loss'), toPhone: share, fromPhone: share }),
  z.object({
    pull: z.literal('oneWay'),
    toPhone: z.boolean().default(false),
    fromPhone: z.boolean().default(false),
  }),
  z.object({ pull: z.literal('eventSockets') }),
  z.object({ pull: z.literal('dropEvents'), type: eventType, count }),
  z.object({ pull: z.literal('duplicateEvents'), type: eventType, count }),
  /** Holds `count` events back and lets them go in reverse order. */
  z.object({ pull: z.literal('reorderEvents'), type: eventType, count: count.default(2) }),
  z.object({ pull: z.literal('delayEvents'), type: eventType, ms, count }),
  /** Another envelope than the dialect's; null = as usual. */
  z.object({
    pull: z.literal('envelope'),
    shape: z.enum(['raw', 'wrapped', 'seed', 'bare']).nullable(),
  }),
  /** The next event socket that subscribes is told the last events again. */
  z.object({ pull: z.literal('replayEvents'), count }),
  /** Nothing leaves the event sockets for so long; what their queues cannot take is dropped. */
  z.object({ pull: z.literal('holdEvents'), ms }),
  /** Another permission of a user; a token keeps the one it was issued with (contract B.1). */
  z.object({
    pull: z.literal('permission'),
    user: z.enum(['admin', 'manager', 'agent']),
    permission: z.number().int().min(0).max(65_535),
  }),
  /** A frame to every event socket as it is: no JSON, a giant, an unknown type. */
  z.object({
    pull: z.literal('rawFrame'),
    text: z.string(),
    /** Blanks are added up to this length. */
    length: z.number().int().min(0).max(50_000_000).default(0),
    repeat: count,
  }),
  /** Status 0 breaks the connection. `*` in the path stands for anything. */
  z.object({
    pull: z.literal('failRequest'),
    method: z.string().default('*'),
    path: z.string(),
    status: z.number().int().min(0).max(599),
    reason: z.string().optional(),
    times: count,
  }),
  /** The bare text as the answer, whatever it is: a page in HTML, the shape of another release, nothing at all. */
  z.object({
    pull: z.literal('answerWith'),
    method: z.string().default('*'),
    path: z.string(),
    status: z.number().int().min(200).max(599).default(200),
    text: z.string().default(''),
    type: z.string().default('application/json'),
    headers: z.record(z.string(), z.string()).default({}),
    times: count,
  }),
  z.object({
    pull: z.literal('delayRequest'),
    method: z.string().default('*'),
    path: z.string(),
    ms,
    times: count,
  }),
  /** So many requests a second for the whole customer; 429 beyond. */
  z.object({ pull: z.literal('rateLimit'), perSecond: z.number().positive(), burst: count }),
  z.object({ pull: z.literal('expireTokens') }),
  /** The platform's side hangs up: one call or all. */
  z.object({ pull: z.literal('hangUp'), callId: z.string().optional() }),
  /** What the recogniser understands next, utterance by utterance. */
  z.object({ pull: z.literal('hear'), lines: z.array(z.string()) }),
  /** A line on every transcribe of a call, without any sound. */
  z.object({
    pull: z.literal('transcript'),
    callId: z.string(),
    direction: z.enum(['in', 'out']),
    message: z.string(),
    repeat: count,
  }),
  /** The other side of a call speaks, over whatever the platform says; its words are transcribed as `out`. */
  z.object({
    pull: z.literal('farSpeech'),
    callId: z.string(),
    text: z.string().min(1).max(500),
    language: z.string().default('en-US'),
    /** Without its sound, only the voice of the platform is heard. */
    sounding: z.boolean().default(true),
  }),
  z.object({ pull: z.literal('balance'), credit: z.number() }),
  z.object({ pull: z.literal('account'), status: z.enum(['initial', 'active', 'frozen']) }),
  z.object({
    pull: z.literal('identity'),
    status: z.enum(['none', 'pending', 'verified', 'rejected']),
  }),
  /** So many normal numbers, instead of those that are there; none of them virtual. */
  z.object({ pull: z.literal('numbers'), count: z.number().int().min(0).max(500) }),
  /** The edge forgets registrations and dialogs, event sockets are cut; what REST knows stays. */
  z.object({ pull: z.literal('restart') }),
  /** Every string that is still pulled is let go. */
  z.object({ pull: z.literal('letGo') }),
])
/** As a caller writes it: what has a default may be left out. */
export type StringPull = z.input<typeof StringPull>
type Parsed = z.output<typeof StringPull>
type Pulls = { [P in Parsed['pull']]: (world: World, input: Extract<Parsed, { pull: P }>) => unknown }

const pulls: Pulls = {
  registration: ({ line }, { status }) => {
    line.strings.registerStatus = status ?? undefined
  },
  sipDelay: ({ line }, input) => {
    line.strings.delayMs = input.ms
  },
  sipSockets: ({ line }) => line.cutSockets(),
  loss: ({ line }, { toPhone, fromPhone }) => Object.assign(line.strings.loss, { toPhone, fromPhone }),
  oneWay: ({ line }, { toPhone, fromPhone }) => Object.assign(line.strings.mute, { toPhone, fromPhone }),
  eventSockets: ({ events }) => events.cutAll(),
  dropEvents: ({ faults }, input) => faults.armEvent({ what: 'drop', delayMs: 0, ...input }),
  duplicateEvents: ({ faults }, input) => faults.armEvent({ what: 'duplicate', delayMs: 0, ...input }),
  reorderEvents: ({ faults }, input) => faults.armEvent({ what: 'reorder', delayMs: 0, ...input }),
  delayEvents: ({ faults }, input) => faults.armEvent({ what: 'delay', delayMs: input.ms, ...input }),
  envelope: ({ events }, { shape }) => events.shape(shape ?? undefined),
  replayEvents: ({ events }, input) => events.replay(input.count),
  holdEvents: ({ events }, input) => events.hold(input.ms),
  permission: ({ store, seeded }, input) => {
    const [agent] = store.agents.all(({ username }) => username === seeded.logins[input.user])
    if (agent) store.agents.change(agent, { permission: input.permission })
  },
  rawFrame: ({ events }, { text, length, repeat }) => {
    for (let turn = 0; turn < repeat; turn++) events.sendRaw(text.padEnd(length))
  },
  failRequest: ({ faults }, input) => faults.armRequest({ delayMs: 0, ...input }),
  answerWith: ({ faults }, { method, path, times, pull: _, ...answer }) =>
    faults.armRequest({ method, path, times, answer, delayMs: 0 }),
  delayRequest: ({ faults }, input) => faults.armRequest({ delayMs: input.ms, ...input }),
  rateLimit: ({ limiter }, { perSecond, burst }) => limiter.change('customer', { perSecond, burst }),
  expireTokens: ({ tokens }) => tokens.expireAll(),
  hangUp: hangUp,
  hear: ({ faults }, { lines }) => faults.heard.push(...lines),
  transcript: addLines,
  farSpeech: ({ live, log }, { callId, text, language, sounding }) => {
    const call = live.get(callId)
    if (!call) throw notFound('CALL')
    void call.far
      .say(text, language, sounding)
      .catch((error) => log.warn('the other side was not heard', error))
  },
  balance: (world, { credit }) => setBalance(world, credit),
  account: ({ seeded, store }, { status }) => setStatus(seeded.customer, status, store.stamp()),
  identity: ({ seeded }, { status }) => {
    seeded.customer.identity_verification_status = status
  },
  numbers: ({ seeded, store }, { count: many }) => {
    removeNumbers({ seeded, store })
    for (let at = 0; at < many; at++)
      addNumber(store, seeded.customer, `+1555020${String(at).padStart(4, '0')}`, 'normal')
  },
  restart: async ({ events, line }) => {
    events.cutAll()
    await line.restart()
  },
  letGo: ({ events, faults, limiter, line, seeded, store }) => {
    faults.clear()
    events.shape(undefined)
    events.replay(0)
    limiter.change('customer', undefined)
    setBalance({ store, seeded }, startingCredit)
    setStatus(seeded.customer, 'active', store.stamp())
    seeded.customer.identity_verification_status = 'none'
    removeNumbers({ seeded, store })
    addOwnNumbers(store, seeded.customer)
    Object.assign(line.strings, { registerStatus: undefined, delayMs: 0 })
    Object.assign(line.strings.loss, { toPhone: 0, fromPhone: 0 })
    Object.assign(line.strings.mute, { toPhone: false, fromPhone: false })
  },
}

export async function pullString(world: World, wanted: StringPull): Promise<void> {
  const input = StringPull.parse(wanted)
  world.log.info(`string pulled: ${input.pull}`)
  // The table has one row for each member of the union: the pair always fits.
  await (pulls[input.pull] as (world: World, input: Parsed) => unknown)(world, input)
}

export async function answerStrings(world: World, token: string, request: IncomingMessage): Promise<Reply> {
  if (!isControl(request, token)) throw new ApiError(401, 'AUTHENTICATION_REQUIRED', 'Control token needed.')
  if (request.method === 'GET') return { body: describe(world) }
  if (request.method !== 'POST') throw new ApiError(404, 'ROUTE_NOT_FOUND', 'There is no such route.')
  const parsed = StringPull.safeParse(await readBody(request))
  if (!parsed.success) throw badRequest(z.prettifyError(parsed.error))
  await pullString(world, parsed.data)
  return { body: { pulled: parsed.data.pull } }
}

function describe(world: World) {
  const extensions = world.store.extensions.all((row) => row.customer_id === world.seeded.customer.id)
  return {
    strings: Object.keys(pulls),
    eventSockets: world.events.size,
    calls: [...world.live.values()].map(({ call }) => ({ id: call.id, status: call.status })),
    registered: Object.fromEntries(
      extensions.map(({ extension }) => [extension, world.line.contacts(extension).length]),
    ),
    armed: world.line.strings,
  }
}

function isControl(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const right = Buffer.from(`Bearer ${token}`)
  return given.length === right.length && timingSafeEqual(given, right)
}

async function hangUp({ live }: World, { callId }: { callId?: string | undefined }): Promise<void> {
  if (callId !== undefined && !live.has(callId)) throw notFound('CALL')
  const chosen = [...live.values()].filter(({ call }) => callId === undefined || call.id === callId)
  await Promise.all(chosen.map((one) => one.hangUp()))
}

function addLines(
  world: World,
  input: { callId: string; direction: 'in' | 'out'; message: string; repeat: number },
): void {
  const call = world.store.calls.get(input.callId)
  if (!call) throw notFound('CALL')
  const since = Date.parse(call.tm_progressing ?? call.tm_create)
  for (const transcribe of world.store.transcribes.all((row) => row.reference_id === call.id))
    for (let turn = 0; turn < input.repeat; turn++)
      addTranscript(world, transcribe, input.direction, Date.now() - since, input.message)
}

function removeNumbers({ store, seeded }: Pick<World, 'store' | 'seeded'>): void {
  for (const row of store.numbers.all((one) => one.customer_id === seeded.customer.id))
    store.numbers.remove(row)
}

function setStatus(customer: Customer, status: Customer['status'], at: string): void {
  customer.status = status
  customer.tm_deletion_scheduled = status === 'frozen' ? at : null
}

function setBalance({ store, seeded }: Pick<World, 'store' | 'seeded'>, credit: number): void {
  for (const row of store.billingAccounts.all((one) => one.customer_id === seeded.customer.id))
    row.balance_credit = credit
}
