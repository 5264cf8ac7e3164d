// Calls from an own number through the platform: places one, answers our own leg of it, and follows the far one.
import type { PhoneCaller } from '../common/bridge/table.ts'
import { AppError } from '../common/kit/errors.ts'
import type { Scope } from '../common/kit/scope.ts'
import type { Slice } from '../common/kit/slice.ts'
import type { AppState } from '../common/model/app-state.ts'
import type { Bridged } from '../common/model/bridged.ts'
import type { Call, CallStatus } from '../common/model/call.ts'
import type { Calls } from './call/calls.ts'
import { sameTarget } from './call/compare.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'

interface CallThroughParts {
  store: { getState(): AppState; subscribe(listener: () => void): () => void }
  mirror: PhoneMirror
  slice: Slice<AppState['bridged']>
  /** Of whoever is signed in; throws `account.signedOut`. */
  calls(): Calls
  /** Ends with the sign-in. */
  life(): Scope
  place(wish: { from: string; to: string }): ReturnType<Calls['placeTest']>
  /** Who is called is looked up as a caller is. */
  know(user: string): void
  phone(): Promise<PhoneCaller>
}

/** Our own leg is known within seconds; later whoever called may answer themselves. */
const matchMs = 20_000
const most = 20

export function createCallThrough(parts: CallThroughParts) {
  const { store, mirror, slice } = parts
  const put = (callId: string, bridged: Bridged) =>
    slice.set(Object.fromEntries(Object.entries({ ...slice.get(), [callId]: bridged }).slice(-most)))

  /**
   * Only what is surely ours is answered: by our contact, or the one leg of our request (contract G.2), and from the number
   * that we asked for (F.3).
   */
  const findOwn = (calls: Calls, requestId: string, from: string) => {
    const legs = calls.book.requests().find(({ id }) => id === requestId)?.callIds ?? []
    for (const session of mirror.store.getState().sessions) {
      const link = store.getState().links[session.id]
      const isSure = link?.status === 'linked' && (link.by === 'contact' || link.by === 'callIds')
      if (!isSure || !legs.includes(link.callId)) continue
      if (sameTarget(from, session.remote.user)) return { session, callId: link.callId }
    }
    return undefined
  }
  const follow = (calls: Calls, callId: string, life: Scope) => {
    const take = ({ id, masterCallId, status, hangupReason }: Call) => {
      const known = slice.get()[callId]
      if (!known) return
      if (masterCallId === callId) put(callId, { ...known, far: toFar(status), reason: hangupReason })
      if (id === callId && status === 'hangup') void life.end()
    }
    life.add(calls.onCall(take))
    calls.book.all().forEach(take)
  }
  /** Those for whom a call is being placed: a second press is no second call. */
  let placing: Calls | undefined
  const placeOne = async (calls: Calls, wish: { from: string; to: string }) => {
    if (placing === calls) throw new AppError('app.stopped', { detail: 'another call is being placed' })
    placing = calls
    try {
      return await parts.place(wish)
    } finally {
      if (placing === calls) placing = undefined
    }
  }
  return async (wish: { from: string; to: string }): Promise<void> => {
    const calls = parts.calls()
    const signedIn = parts.life()
    parts.know(wish.to)
    const { id } = await placeOne(calls, wish)
    const life = signedIn.child('through the platform')
    const stopWaiting = life.after(matchMs, () => void life.end())
    let found = false
    const look = () => {
      const own = found ? undefined : findOwn(calls, id, wish.from)
      if (!own) return
      found = true
      stopWaiting()
      put(own.callId, { ...wish, far: 'waiting' })
      follow(calls, own.callId, life)
      if (own.session.status === 'ringing') void answer(own.session.id)
    }
    // What keeps it from being answered stands at the call, and it rings on.
    const answer = (sessionId: string) =>
      parts
        .phone()
        .then((phone) => phone['phone.answer']({ sessionId }))
        .catch(() => {})
    life.add(store.subscribe(look))
    life.add(mirror.store.subscribe(look))
    look()
  }
}

const fars: Record<CallStatus, Bridged['far']> = {
  unknown: 'calling',
  dialing: 'calling',
  ringing: 'ringing',
  progressing: 'up',
  terminating: 'over',
  canceling: 'over',
  hangup: 'over',
}
const toFar = (status: CallStatus) => fars[status]
