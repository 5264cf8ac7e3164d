// What main knows of calls, groupcalls and its own requests: the newest view of each, bounded.
import type { Slice } from '../../common/kit/slice.ts'
import { type Call, type Groupcall, newerCall } from '../../common/model/call.ts'

export interface Request {
  id: string
  placedAt: number
  /** `source.target`: the caller that its INVITE shows. */
  from: string
  /** Named by the answer itself; those of its groupcalls are added as they become known. */
  callIds: string[]
  groupIds: string[]
  /** Somebody else's, that only rings here. */
  adopted?: boolean
  /** A test call: nobody but this person is in it. */
  alone?: true
}

export interface CallBook {
  /** Takes a view of a call; returns the view that counts now, or nothing when it was an older one. */
  put(call: Call): Call | undefined
  putGroup(group: Groupcall): void
  putRequest(request: Request): void
  get(callId: string): Call | undefined
  all(): Call[]
  groups(): Groupcall[]
  requests(): Array<Request & { callIds: string[] }>
  /** From now on this call is shown in the state. */
  show(callId: string): void
  isShown(callId: string): boolean
}

/** Others of the same customer make calls too; they are kept for matching only. */
const knownLimit = 300
const shownEndedLimit = 20
const groupLimit = 60
const requestLimit = 20

export function createCallBook(slice: Slice<Record<string, Call>>): CallBook {
  const calls = new Map<string, Call>()
  const groups = new Map<string, Groupcall>()
  const requests: Request[] = []
  const shown = new Set<string>()

  const publish = (call: Call) => {
    const before = slice.get()
    if (before[call.id] === call) return
    const next = { ...before, [call.id]: call }
    const ended = Object.values(next).filter(({ status }) => status === 'hangup')
    for (const old of ended.slice(0, Math.max(0, ended.length - shownEndedLimit))) {
      delete next[old.id]
      shown.delete(old.id)
    }
    slice.set(next)
  }

  /** All legs of a request: its own, and those of its groupcalls and their children (contract C.4). */
  const legs = (request: Request): string[] => {
    const ids = new Set(request.callIds)
    const open = [...request.groupIds]
    for (let id = open.pop(), seen = 0; id !== undefined && seen < 50; id = open.pop(), seen++) {
      const group = groups.get(id)
      for (const callId of group?.callIds ?? []) ids.add(callId)
      open.push(...(group?.groupcallIds ?? []))
    }
    return [...ids]
  }

  return {
    put(call) {
      const known = calls.get(call.id)
      const kept = newerCall(known, call)
      if (kept === known) return undefined
      calls.set(call.id, kept)
      if (calls.size > knownLimit) dropOldest(calls, (id) => !shown.has(id))
      if (shown.has(call.id)) publish(kept)
      return kept
    },
    putGroup(group) {
      const known = groups.get(group.id)
      if (known && (group.updatedAt ?? 0) < (known.updatedAt ?? 0)) return
      // A late view must not forget who answered.
      groups.set(group.id, { ...group, answerCallId: group.answerCallId ?? known?.answerCallId })
      if (groups.size > groupLimit) dropOldest(groups, () => true)
    },
    putRequest(request) {
      requests.push(request)
      if (requests.length > requestLimit) requests.shift()
    },
    get: (callId) => calls.get(callId),
    all: () => [...calls.values()],
    groups: () => [...groups.values()],
    requests: () => requests.map((request) => ({ ...request, callIds: legs(request) })),
    show(callId) {
      if (shown.has(callId)) return
      shown.add(callId)
      const call = calls.get(callId)
      if (call) publish(call)
    },
    isShown: (callId) => shown.has(callId),
  }
}

function dropOldest<T>(map: Map<string, T>, may: (id: string) => boolean): void {
  for (const id of map.keys()) {
    if (!may(id)) continue
    map.delete(id)
    return
  }
}
