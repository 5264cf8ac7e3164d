// One step of the checklist: what it does, how long it may take, and what it means when it takes longer.
import { AppError } from '../../common/kit/errors.ts'
import type { Session } from '../../common/model/phone.ts'
import type { StepId } from '../../common/model/quickstart.ts'
import type { TranscriptLine } from '../../common/model/transcript.ts'
import type { Context } from './parts.ts'

export interface StepRow {
  id: StepId
  timeoutMs: number
  /** Returns its proof in words and figures; fails with an AppError. */
  run(context: Context): Promise<string>
  /** The cause, when the time is over. */
  late(context: Context): AppError
}

/** The session of this run. */
export function sessionOf({ parts, run }: Context): Session | undefined {
  return parts.phone().sessions.find(({ id }) => id === run.sessionId)
}

/** The session of this run while it lasts; fails when it is over or never was. */
export function liveSession(context: Context): Session {
  const session = sessionOf(context)
  if (!session) throw new AppError('call.gone', { detail: 'no call of this run' })
  if (session.status !== 'ended') return session
  const { error, outcome, reason } = session
  throw new AppError(error?.code ?? 'call.gone', { detail: error?.detail ?? reason ?? outcome })
}

/** The platform call of this run. */
export function callIdOf({ run }: Context): string {
  if (run.callId === undefined) throw new AppError('call.notLinked', { detail: 'no call of this run' })
  return run.callId
}

export function finalLines(context: Context, direction: 'in' | 'out'): TranscriptLine[] {
  const { callId } = context.run
  const entries = callId === undefined ? [] : context.parts.entries(callId)
  return entries.filter(
    (entry): entry is TranscriptLine =>
      entry.kind === 'line' && entry.status === 'final' && entry.direction === direction,
  )
}
