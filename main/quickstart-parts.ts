// Hands the quickstart what it needs of the other features.
import type { StoreApi } from 'zustand/vanilla'
import type { PhoneCaller } from '../common/bridge/table.ts'
import type { AppError } from '../common/kit/errors.ts'
import type { AppState } from '../common/model/app-state.ts'
import { withoutBalance } from './call/place.ts'
import { type Circumstances, isEndedAtOnce, whyEndedAtOnce, whySilent } from './call/why-silent.ts'
import type { PhoneMirror } from './phone/phone-mirror.ts'
import type { Parts } from './quickstart/parts.ts'
import type { SignedInFeatures } from './signed-in.ts'

export interface Given {
  store: Pick<StoreApi<AppState>, 'getState' | 'subscribe'>
  mirror: PhoneMirror
  signedIn(): SignedInFeatures
  phone(): Promise<PhoneCaller>
  signIn: Parts['signIn']
  provision: Parts['provision']
  subscribe: Parts['subscribe']
  register: Parts['register']
  placeTest: Parts['placeTest']
}

export function createQuickstartParts(given: Given): Parts {
  const { store, mirror, signedIn, phone } = given
  return {
    ...given,
    state: () => store.getState(),
    phone: () => mirror.store.getState(),
    watch: (listener) => watchAll(given, listener),
    legs: (requestId) =>
      signedIn()
        .calls.book.requests()
        .find(({ id }) => id === requestId)?.callIds ?? [],
    isOfRequest: (sessionId, requestId) => signedIn().links.isOfRequest(sessionId, requestId),
    whySilent: (requestId) => whySilent(toCircumstances(given, requestId)),
    whyOver: (requestId) => whyOver(given, requestId),
    firstEvent: (callId) => signedIn().calls.firstEvent(callId),
    answer: async (sessionId) => void (await (await phone())['phone.answer']({ sessionId })),
    hangUpSession: async (sessionId) => void (await (await phone())['phone.hangUp']({ sessionId })),
    hangUpRequest: (requestId) => signedIn().calls.hangUpRequest(requestId),
    readCall: (callId) => signedIn().calls.read(callId),
    entries: (callId) => signedIn().transcripts.entries(callId),
    say: (callId, text) => signedIn().speakings.say(callId, text),
    sounds: (sessionId, where) => mirror.sounds.stretches(sessionId, where),
  }
}

async function whyOver(given: Given, requestId: string): Promise<AppError> {
  const circumstances = toCircumstances(given, requestId)
  if (!isEndedAtOnce(circumstances)) return whySilent(circumstances)
  const error = whyEndedAtOnce(circumstances)
  return (await withoutBalance(given.signedIn().platform, error.detail)) ?? error
}

function toCircumstances({ store, mirror, signedIn }: Given, requestId: string): Circumstances {
  const { calls, extension } = store.getState()
  const request = signedIn()
    .calls.book.requests()
    .find(({ id }) => id === requestId)
  return {
    legs: request?.callIds.flatMap((id) => calls[id] ?? []) ?? [],
    placedAt: request?.placedAt ?? 0,
    registration: mirror.store.getState().registration,
    extension: extension.status === 'ready' ? extension.extension : undefined,
    now: Date.now(),
  }
}

/** State, phone, sounds, and the transcripts of whoever is signed in now. */
function watchAll({ store, mirror, signedIn }: Given, listener: () => void): () => void {
  const stops = [store.subscribe(listener), mirror.store.subscribe(listener), mirror.onSound(listener)]
  try {
    stops.push(signedIn().transcripts.onEntries(listener), signedIn().calls.onCall(listener))
  } catch {
    // Nobody is signed in yet: there are no transcripts to wait for.
  }
  return () => {
    for (const stop of stops) stop()
  }
}
