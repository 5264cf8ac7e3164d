// What rings and what was missed, whether calls may disturb, and the face of it that shells show outside the window.
import type { StoreApi } from 'zustand/vanilla'
import type { PhoneCaller } from '../../common/bridge/table.ts'
import { type ErrorData, toAppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState, Session } from '../../common/model/phone.ts'
import type { DeskFace, MissedCall, Ringing } from '../../common/model/ringing.ts'
import type { Settings } from '../../common/model/settings.ts'
import type { Desk } from '../host.ts'
import { toFace } from './face.ts'
import { toMissed } from './missed.ts'

export interface RingingFeature {
  readonly desk: Desk
  /** This companion asks for a call to itself: it must not meet a closed door. */
  expectOwnCall(): void
  seen(): void
  clear(): void
}

interface RingingParts {
  store: Pick<StoreApi<AppState>, 'getState' | 'setState' | 'subscribe'>
  phone: Pick<StoreApi<PhoneState>, 'getState' | 'subscribe'>
  change(patch: Partial<Settings>): Promise<unknown>
  /** The phone in the window. */
  caller(): Promise<PhoneCaller>
  notice(error: ErrorData): void
}

const missedLimit = 100
/** A call that was asked for rings within seconds; a group call may try others first. */
const ownCallMs = 30_000

export function createRinging(scope: Scope, parts: RingingParts): RingingFeature {
  const { store, phone } = parts
  const listeners = new Set<(face: DeskFace) => void>()
  const own = new Set<string>()
  let looked = new Set<string>()
  let forgetOwnCall: (() => void) | undefined
  let face = toFace(store.getState(), phone.getState(), own)
  let shown = JSON.stringify(face)

  const change = (patch: Partial<Ringing>) =>
    store.setState((app) => ({ ringing: { ...app.ringing, ...patch } }))

  /** Calls that ended since the last look. */
  const findMissed = (sessions: readonly Session[]): MissedCall[] => {
    const fresh = sessions.filter(({ id, status }) => status === 'ended' && !looked.has(id))
    looked = new Set(sessions.filter(({ status }) => status === 'ended').map(({ id }) => id))
    return fresh.flatMap((session) => (own.has(session.id) ? [] : (toMissed(session) ?? [])))
  }
  const look = () => {
    const { sessions } = phone.getState()
    for (const session of sessions) if (isQuickstarts(store.getState(), session)) own.add(session.id)
    const missed = findMissed(sessions)
    if (missed.length > 0) {
      change({ missed: [...missed.reverse(), ...store.getState().ringing.missed].slice(0, missedLimit) })
    }
    const refuses = toRefuses(store.getState(), forgetOwnCall !== undefined)
    if (refuses !== store.getState().ringing.refuses) change({ refuses })
    tell()
  }
  const tell = () => {
    face = toFace(store.getState(), phone.getState(), own)
    const next = JSON.stringify(face)
    if (next === shown) return
    shown = next
    for (const listener of [...listeners]) listener(face)
  }
  scope.add(phone.subscribe(look))
  scope.add(
    store.subscribe((now, before) => {
      const { settings, quickstart, ringing } = before
      if (now.settings !== settings || now.quickstart !== quickstart || now.ringing !== ringing) look()
    }),
  )
  look()

  const ask = async (name: 'phone.answer' | 'phone.decline', sessionId: string) => {
    try {
      await (await parts.caller())[name]({ sessionId })
    } catch (thrown) {
      parts.notice(toAppError(thrown).toData())
    }
  }
  return {
    desk: {
      face: () => face,
      watch(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      answer: (sessionId) => ask('phone.answer', sessionId),
      decline: (sessionId) => ask('phone.decline', sessionId),
      change: (patch) => void parts.change(patch).catch(() => {}),
      hasTray: (is) => change({ tray: is ? 'there' : 'missing' }),
    },
    expectOwnCall() {
      forgetOwnCall?.()
      forgetOwnCall = scope.after(ownCallMs, () => {
        forgetOwnCall = undefined
        look()
      })
      look()
    },
    seen() {
      const { missed } = store.getState().ringing
      if (missed.some(({ seen }) => !seen)) change({ missed: missed.map((one) => ({ ...one, seen: true })) })
    },
    clear: () => change({ missed: [] }),
  }
}

/** The running quickstart answers its own call; until the match is made, the call that rings is taken for it. */
function isQuickstarts({ quickstart }: AppState, session: Session): boolean {
  if (quickstart.status !== 'running' || session.direction !== 'incoming' || session.status === 'ended')
    return false
  return quickstart.sessionId === undefined || quickstart.sessionId === session.id
}

function toRefuses({ settings, quickstart }: AppState, expectsOwnCall: boolean): boolean {
  return settings.doNotDisturb && quickstart.status !== 'running' && !expectsOwnCall
}
