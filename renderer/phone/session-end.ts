// How a session comes to its end: why is settled once, the first word counts.
import { SessionState, type Session as SipSession } from 'sip.js'
import type { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Session } from '../../common/model/phone.ts'
import type { Ending } from './outcome.ts'

export interface SessionEnd {
  /** Why the end that is coming comes. Later reasons are ignored. */
  because(found: Ending, error?: AppError): void
  /** What was said by `because`. */
  readonly why: Ending | undefined
  /** It is over now, for the reason that is known, or for this one. */
  now(found: Ending, error?: AppError): void
  /** Resolves at the end. What a closed peer connection was asked before never answers. */
  readonly over: Promise<void>
  /** It is over now; the BYE leaves, resolving when it is on its way. */
  withBye(found: Ending, error?: AppError): Promise<void>
}

export interface SessionEndParts {
  sip: SipSession
  scope: Scope
  get(): Session
  set(patch: Partial<Session>): void
  note(title: string, tone?: 'good' | 'bad' | 'plain'): void
}

const byeWaitMs = 2000

export function createSessionEnd({ sip, scope, get, set, note }: SessionEndParts): SessionEnd {
  let why: Ending | undefined
  let whyError: AppError | undefined
  const over = new Promise<void>((resolve) => scope.add(resolve))

  const because: SessionEnd['because'] = (found, error) => {
    if (why) return
    why = found
    whyError = error
  }
  const now: SessionEnd['now'] = (found, error) => {
    because(found, error)
    if (get().status === 'ended' || !why) return
    set({
      status: 'ended',
      endedAt: Date.now(),
      outcome: why.outcome,
      ...(why.reason ? { reason: why.reason } : {}),
      ...(whyError ? { error: whyError.toData() } : {}),
    })
    note(`session ended: ${why.outcome}`, why.outcome === 'failed' ? 'bad' : 'plain')
    void scope.end()
  }
  return {
    because,
    get why() {
      return why
    },
    now,
    over,
    async withBye(found, error) {
      because(found, error)
      const sent = sayBye(sip)
      now(found, error)
      await sent
    },
  }
}

/** Sends BYE; resolves when it is on its way, at most after 2 s (it waits for the ACK of our 200). */
async function sayBye(sip: SipSession): Promise<void> {
  if (sip.state !== SessionState.Established) return
  const sent = sip.bye().then(
    () => {},
    () => {},
  )
  await Promise.race([sent, new Promise<void>((resolve) => setTimeout(resolve, byeWaitMs))])
}
