// Main's copy of the phone's state, as the renderer reports it, with its sounds. Read-only for everybody but the bridge.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Scope } from '../../common/kit/scope.ts'
import { waitFor } from '../../common/kit/wait.ts'
import { initialPhoneState, type PhoneState, type Session, type SoundEdge } from '../../common/model/phone.ts'
import { createSounds, type Sounds } from './sounds.ts'

export interface PhoneMirror {
  readonly store: Pick<StoreApi<PhoneState>, 'getState' | 'subscribe'>
  readonly sounds: Omit<Sounds, 'take' | 'forget'>
  session(sessionId: string): Session | undefined
  onSound(listener: (edge: SoundEdge) => void): () => void
  /** The first defined value of `find`, now or after a change of the phone or a sound. */
  wait<T>(scope: Scope, find: (phone: PhoneState) => T | undefined): Promise<T>
  /** From the bridge only. */
  take(phone: PhoneState): void
  takeSound(edge: SoundEdge): void
  /** The window with the phone is gone: its sessions have ended, and it is not registered. */
  lost(at: number): void
}

/** An edge is reported at the latest this long after it happened: the silence that closes a stretch, and the way here. */
const longestLagMs = 500
/** A stretch is closed by a silence, so its end is known later than its start. */
const usualLagMs = { start: 50, end: 300 }

export function createPhoneMirror(): PhoneMirror {
  const store = createStore<PhoneState>(() => initialPhoneState)
  const sounds = createSounds()
  const soundListeners = new Set<(edge: SoundEdge) => void>()
  const onSound = (listener: (edge: SoundEdge) => void) => {
    soundListeners.add(listener)
    return () => soundListeners.delete(listener)
  }

  return {
    store,
    sounds,
    onSound,
    session: (sessionId) => store.getState().sessions.find((session) => session.id === sessionId),
    wait: (scope, find) =>
      waitFor(
        scope,
        (listener) => {
          const stops = [store.subscribe(listener), onSound(listener)]
          return () => {
            for (const stop of stops) stop()
          }
        },
        () => find(store.getState()),
      ),
    take: (phone) => store.setState(phone, true),
    takeSound(reported) {
      // The phone counts audio frames; when the machine is busy and frames are lost, that clock falls behind.
      const now = Date.now()
      const edge =
        now - reported.at > longestLagMs ? { ...reported, at: now - usualLagMs[reported.edge] } : reported
      sounds.take(edge)
      for (const listener of soundListeners) listener(edge)
    },
    lost(at) {
      const sessions = store
        .getState()
        .sessions.map(
          (session): Session =>
            session.status === 'ended'
              ? session
              : { ...session, status: 'ended', endedAt: at, outcome: 'failed', reason: 'the window is gone' },
        )
      store.setState({ ...initialPhoneState, sessions }, true)
    },
  }
}
