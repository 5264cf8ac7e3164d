// What the quickstart needs from the rest of main; app.ts hands it in.
import type { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { AppState } from '../../common/model/app-state.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import type { TranscriptEntry } from '../../common/model/transcript.ts'

export interface Parts {
  state(): AppState
  phone(): PhoneState
  /** Told after any change of the state, the phone, its sounds or a transcript. */
  watch(listener: () => void): () => void
  /** Starts practice first where the environment is practice; nothing to do when signed in. */
  signIn(): Promise<void>
  provision(): Promise<unknown>
  subscribe(): Promise<void>
  register(): Promise<void>
  /** Never repeated by itself. */
  placeTest(): Promise<{ id: string }>
  /** All legs of that request known by now. */
  legs(requestId: string): string[]
  /** The session can only be a leg of that request, even if not yet which. */
  isOfRequest(sessionId: string, requestId: string): boolean
  /** Why nothing rings here for this request, as far as its legs tell by now. */
  whySilent(requestId: string): AppError
  /** All legs of the request have ended: why, after a look at the balance where it ended at once. */
  whyOver(requestId: string): Promise<AppError>
  firstEvent(callId: string): { at: number; type: string; count: number } | undefined
  answer(sessionId: string): Promise<void>
  hangUpSession(sessionId: string): Promise<void>
  hangUpRequest(requestId: string): Promise<void>
  /** Reads the call again over REST. */
  readCall(callId: string): Promise<unknown>
  entries(callId: string): TranscriptEntry[]
  say(callId: string, text: string): string[]
  /** Stretches of sound of a session, oldest first. */
  sounds(
    sessionId: string,
    where: 'ear' | 'microphone',
  ): ReadonlyArray<{ startedAt: number; endedAt?: number }>
}

/** What one step leaves for the next. */
export interface Run {
  requestId?: string
  placedAt?: number
  sessionId?: string
  callId?: string
  answeredAt?: number
}

export interface Context {
  /** Of this step; ends with it. */
  scope: Scope
  parts: Parts
  run: Run
  sayText: string
  startedAt: number
  /** Evidence so far, shown while the step runs. */
  tell(proof: string): void
  /** The first defined value, now or after any change; `againMs` looks also as time goes by. */
  until<T>(find: () => T | undefined, againMs?: number): Promise<T>
}
