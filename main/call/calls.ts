// The calls of this account: places the test call, follows calls by events and over REST, hangs up.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Slice } from '../../common/kit/slice.ts'
import type { Call, Groupcall } from '../../common/model/call.ts'
import type { OwnNumber } from '../../common/model/number.ts'
import type { PlaceCall, Platform, PlatformEvent } from '../platform/platform.ts'
import { type CallBook, createCallBook, type Request } from './call-book.ts'
import { notPlaced } from './not-placed.ts'
import { placeOnce } from './place.ts'
import { createCallReader } from './reader.ts'
import { type TestCall, toTestCall } from './test-call.ts'
import { type ThroughCall, toThroughCall } from './through-call.ts'

export interface Calls {
  readonly book: Pick<CallBook, 'get' | 'all' | 'groups' | 'requests' | 'show'>
  /** Places the test call once; never repeated by itself. */
  placeTest(test: TestCall): Promise<Request>
  /** The same, from an own number to another one. */
  placeThrough(call: ThroughCall & { numbers: readonly OwnNumber[] }): Promise<Request>
  hangUp(callId: string): Promise<void>
  /** Ends every leg of a request that has not ended. */
  hangUpRequest(requestId: string): Promise<void>
  take(event: PlatformEvent): void
  /** Reads one call again; a fresh one may be unknown for 5 s (contract C.4). */
  read(callId: string): Promise<Call | undefined>
  readGroup(groupId: string): Promise<void>
  /** Reads the newest calls and those that should be live: after a gap in the events, and for matching. */
  readNewest(): Promise<void>
  /** When, and how, an event about this call first came over the socket. */
  firstEvent(callId: string): { at: number; type: string; count: number } | undefined
  /** Server clock minus ours, as far as events and answers told. */
  serverAheadMs(): number
  onCall(listener: (call: Call) => void): () => void
  onGroup(listener: (group: Groupcall) => void): () => void
  /** A request of ours was answered: its ids are known. */
  onPlaced(listener: () => void): () => void
}

export interface CallsParts {
  platform: Pick<Platform, 'calls' | 'groupcalls' | 'clock'>
  slice: Slice<Record<string, Call>>
  log: Log
  /** Events are not to be relied on now: the state is read over REST. */
  isDeaf(): boolean
  /** A plain agent: whatever groupcall it hears of rings its own extension, and its calls cannot be read (contract E.5). */
  hearsOnlyOwn?(): boolean
}

const pollMs = 3_000
/** An ending that no event told is read after this. */
const endChecksMs = [400, 1_500, 4_000]

export function openCalls(scope: Scope, parts: CallsParts): Calls {
  const { platform, log } = parts
  const book = createCallBook(parts.slice)
  const callListeners = new Set<(call: Call) => void>()
  const placedListeners = new Set<() => void>()
  const groupListeners = new Set<(group: Groupcall) => void>()
  const { clock } = platform
  const firstEvents = new Map<string, { at: number; type: string; count: number }>()
  let requests = 0

  const takeCall = (call: Call) => {
    reader.heardOf(call.id)
    const before = book.get(call.id)
    const kept = book.put(call)
    if (!kept) return
    if (before?.status !== kept.status)
      log.debug(`call ${kept.id} ${before?.status ?? 'new'} → ${kept.status}`)
    for (const listener of callListeners) listener(kept)
  }
  const reader = createCallReader(scope, platform.calls.get, takeCall)
  const { read } = reader
  const takeGroup = (group: Groupcall) => {
    book.putGroup(group)
    for (const id of ownLegs()) book.show(id)
    for (const listener of groupListeners) listener(group)
  }
  /** Somebody else's request, but as good as one of ours: its legs can only be this phone's. */
  const adopt = ({ id, from, callIds, status }: Groupcall, now: number) => {
    if (status === 'hangup' || book.requests().some(({ groupIds }) => groupIds.includes(id))) return
    const groupIds = [id]
    book.putRequest({ id: `group-${id}`, placedAt: now, from: from ?? '', callIds, groupIds, adopted: true })
  }
  const ownLegs = () => book.requests().flatMap(({ callIds }) => callIds)
  const live = () =>
    (parts.hearsOnlyOwn?.() ? [] : ownLegs())
      .concat(Object.keys(parts.slice.get()))
      .filter((id) => book.get(id)?.status !== 'hangup' && !reader.isGivenUp(id))

  /** Nobody is left to answer it: it must not ring on. */
  const abandoned = (calls: readonly Call[], groups: readonly Groupcall[]) => {
    for (const { id } of calls) void quietly(platform.calls.hangUp(id))
    for (const { id } of groups) void quietly(platform.groupcalls.hangUp(id))
    return new AppError('app.stopped')
  }
  const quietly = (work: Promise<unknown>) => work.catch((error) => log.debug('read failed', error))

  const readNewest = async () => {
    for (const call of await platform.calls.list(20)) if (!scope.ended) takeCall(call)
    const listed = new Set(book.all().map(({ id }) => id))
    const missing = [...new Set(live())].filter((id) => !listed.has(id) || isStale(book.get(id)))
    await Promise.all(missing.slice(0, 10).map((id) => quietly(read(id))))
  }

  scope.every(pollMs, () => {
    if (!parts.isDeaf()) return
    for (const id of new Set(live())) void quietly(read(id))
  })

  const hangUp = async (callId: string) => {
    await platform.calls.hangUp(callId).catch((thrown: unknown) => {
      // Over already, or never came to be: what was wanted.
      const { code } = toAppError(thrown)
      if (code !== 'platform.notFound' && code !== 'platform.conflict') throw thrown
    })
    for (const ms of endChecksMs) {
      scope.after(ms, () => {
        const call = book.get(callId)
        if (call && call.status !== 'hangup') void quietly(read(callId))
      })
    }
  }

  const place = async (
    placing: PlaceCall,
    numbers: readonly OwnNumber[],
    more: Pick<Request, 'alone'> = {},
  ): Promise<Request> => {
    const placedAt = Date.now()
    const { calls, groupcalls } = await placeOnce(platform, placing, scope.sleep).catch((thrown) => {
      throw notPlaced(thrown, placing, numbers)
    })
    if (scope.ended) throw abandoned(calls, groupcalls)
    const request: Request = {
      id: `request-${++requests}`,
      placedAt,
      from: placing.source.target,
      callIds: calls.map(({ id }) => id),
      groupIds: groupcalls.map(({ id }) => id),
      ...more,
    }
    book.putRequest(request)
    for (const call of calls) takeCall(call)
    for (const group of groupcalls) takeGroup(group)
    for (const id of ownLegs()) book.show(id)
    const legs = book.requests().find(({ id }) => id === request.id)?.callIds ?? []
    for (const listener of placedListeners) listener()
    for (const id of legs) if (!book.get(id)) void quietly(read(id))
    return { ...request, callIds: legs }
  }

  return {
    book,
    placeTest: (test) => place(toTestCall(test), test.numbers, { alone: true }),
    placeThrough: (call) => place(toThroughCall(call), call.numbers),
    hangUp,
    async hangUpRequest(requestId) {
      const request = book.requests().find(({ id }) => id === requestId)
      const open = request?.callIds.filter((id) => book.get(id)?.status !== 'hangup') ?? []
      await Promise.all(open.map(hangUp))
    },
    take(event) {
      const now = Date.now()
      if (event.kind === 'call') {
        clock.saw(event.call.updatedAt, now)
        const first = firstEvents.get(event.call.id)
        if (first) first.count++
        else firstEvents.set(event.call.id, { at: now, type: event.type, count: 1 })
        if (firstEvents.size > 200) firstEvents.delete(firstEvents.keys().next().value ?? '')
        takeCall(event.call)
      } else if (event.kind === 'groupcall') {
        clock.saw(event.groupcall.updatedAt, now)
        if (parts.hearsOnlyOwn?.()) adopt(event.groupcall, now)
        takeGroup(event.groupcall)
      }
    },
    read,
    readGroup: async (groupId) => takeGroup(await platform.groupcalls.get(groupId)),
    readNewest,
    firstEvent: (callId) => firstEvents.get(callId),
    serverAheadMs: clock.aheadMs,
    onCall: (listener) => listen(callListeners, listener),
    onGroup: (listener) => listen(groupListeners, listener),
    onPlaced: (listener) => listen(placedListeners, listener),
  }
}

/** Not heard of for a while although it should be live. */
const isStale = (call: Call | undefined) => call?.status !== 'hangup'

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
