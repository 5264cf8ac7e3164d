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
  readonly desk: Omit<Desk, 'openLink' | 'run' | 'outside'>
  /** This companion asks for a call to itself: it must not meet a closed door. To be called when it could not be placed. */
  expectOwnCall(): () => void
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
  /** Sessions that were there when the own call was asked for: none of them is it. */
  let expected: { before: Set<string>; forget(): void } | undefined
  let face = toFace(store.getState(), phone.getState(), own)
  let shown = JSON.stringify(face)

  const change = (patch: Partial<Ringing>) =>
    store.setState((app) => ({ ringing: { ...app.ringing, ...patch } }))

  /** What was taken for the quickstart's call is given back once its own is known, or it ended without one. */
  const claim = (sessions: readonly Session[]) => {
    const { quickstart } = store.getState()
    const isKnown = quickstart.status === 'running' && quickstart.sessionId !== undefined
    for (const { id, status } of sessions) {
      const isOurs = id === quickstart.sessionId
      if (!isOurs && !isUnmatched({ quickstart }) && (isKnown || status !== 'ended')) own.delete(id)
    }
    for (const session of sessions) if (isQuickstarts({ quickstart }, session)) own.add(session.id)
  }
  /** Calls that ended since the last look; those that may yet be the quickstart's are looked at when that is known. */
  const findMissed = (sessions: readonly Session[]): MissedCall[] => {
    const isOpen = isUnmatched(store.getState())
    const over = sessions.filter(
      ({ id, status }) => status === 'ended' && (looked.has(id) || !isOpen || !own.has(id)),
    )
    const fresh = over.filter(({ id }) => !looked.has(id))
    looked = new Set(over.map(({ id }) => id))
    return fresh.flatMap((session) =>
      own.has(session.id) ? [] : (toMissed(session, store.getState().people) ?? []),
    )
  }
  const look = () => {
    const { sessions } = phone.getState()
    claim(sessions)
    // It arrived: the next one is a stranger's.
    if (
      sessions.some(({ id, direction }) => direction === 'incoming' && expected?.before.has(id) === false)
    ) {
      expected?.forget()
    }
    const missed = findMissed(sessions)
    if (missed.length > 0) {
      change({ missed: [...missed.reverse(), ...store.getState().ringing.missed].slice(0, missedLimit) })
    }
    const refuses = toRefuses(store.getState(), expected !== undefined)
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
      const { settings, quickstart, ringing, people } = before
      if (
        now.settings !== settings ||
        now.quickstart !== quickstart ||
        now.ringing !== ringing ||
        now.people !== people
      )
        look()
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
      expected?.forget()
      const before = new Set(phone.getState().sessions.map(({ id }) => id))
      const mine = { before, forget: () => {} }
      const stopWaiting = scope.after(ownCallMs, () => over())
      mine.forget = () => {
        stopWaiting()
        if (expected === mine) expected = undefined
      }
      const over = () => {
        mine.forget()
        look()
      }
      expected = mine
      look()
      return over
    },
    seen() {
      const { missed } = store.getState().ringing
      if (missed.some(({ seen }) => !seen)) change({ missed: missed.map((one) => ({ ...one, seen: true })) })
    },
    clear: () => change({ missed: [] }),
  }
}

/** A quickstart runs and does not know its call yet. */
const isUnmatched = ({ quickstart }: Pick<AppState, 'quickstart'>) =>
  quickstart.status === 'running' && quickstart.sessionId === undefined

/** The running quickstart answers its own call; until the match is made, the call that rings is taken for it. */
function isQuickstarts({ quickstart }: Pick<AppState, 'quickstart'>, session: Session): boolean {
  if (quickstart.status !== 'running' || session.direction !== 'incoming' || session.status === 'ended')
    return false
  return quickstart.sessionId === undefined || quickstart.sessionId === session.id
}

function toRefuses({ settings }: AppState, expectsOwnCall: boolean): boolean {
  return settings.doNotDisturb && !expectsOwnCall
}
