// What a screen may do. Screens never see the bridge or the phone; an impossible action is `undefined` in their snapshot.
import type { RequestInput, RequestName } from '../../common/bridge/table.ts'
import type { ErrorData } from '../../common/kit/errors.ts'
import type { HistoryFormat } from '../../common/model/history.ts'
import type { Settings } from '../../common/model/settings.ts'

export type Screen = 'quickstart' | 'call' | 'history' | 'trace' | 'settings' | 'record'

export interface HistoryActions {
  /** Looks for what the screen's search says. */
  find(): Promise<void>
  /** Opens a call, or looks at the open one again; nothing closes it. */
  read(id: string | undefined): Promise<void>
  /** Who was called and who called, for the palette and the dial field. */
  recent(): Promise<void>
  save(ids: readonly string[], format: HistoryFormat): Promise<void>
  copy(ids: readonly string[]): Promise<void>
  remove(ids: readonly string[] | 'all'): Promise<void>
}

export interface RecordActions {
  /** Of a call of the history, or of a run of the quickstart. */
  open(id: string): Promise<void>
  /** One that somebody sent. */
  openFile(file: File): Promise<void>
  /** Text of a message; empty when there is none any more. */
  body(id: string, index: number): Promise<string>
  /** The open one, as a zip file. */
  save(): Promise<void>
  /** Back to where it was opened. */
  close(): void
}

export interface Actions {
  history: HistoryActions
  record: RecordActions
  /** Asks main. A failure is shown as a notice and returned; `undefined` means it worked. */
  ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<ErrorData | undefined>
  /** The same without a notice, for forms that show the failure themselves. */
  tryAsk<N extends RequestName>(name: N, input: RequestInput<N>): Promise<ErrorData | undefined>
  /** Its token is shown until the person puts it away, whatever screen they are on when it comes. */
  createAccessKey(input: RequestInput<'accessKey.create'>): Promise<ErrorData | undefined>
  answer(sessionId: string): void
  decline(sessionId: string): void
  hangUp(sessionId: string): void
  setMuted(sessionId: string, muted: boolean): void
  sendDtmf(sessionId: string, tones: string): void
  /** What waits for the person in a row of keys is sent, resp. forgotten. */
  goOnKeys(sessionId: string): void
  stopKeys(sessionId: string): void
  /** Calls, and remembers whom for the next time. */
  dial(target: string): void
  /** What the account has left; nothing for those who may not know. */
  balance(): Promise<{ credit: number } | null>
  /** From an own number, through the platform; resolves with what went wrong. */
  dialThrough(from: string, to: string): Promise<ErrorData | undefined>
  setHeld(sessionId: string, held: boolean): void
  /** Speaks in this call; the others wait on hold. */
  swapTo(sessionId: string): void
  transfer(sessionId: string, target: string): void
  /** Connects the far ends of two calls, and leaves both. */
  transferTo(sessionId: string, otherSessionId: string): void
  testRing(): void
  /** Asks for a headset with buttons; only right after a press. */
  connectHeadset(): void
  forgetHeadset(): void
  change(patch: Partial<Settings>): void
  open(screen: Screen): void
  dismiss(noticeId: string): void
  /** Shown as a notice of this window. */
  tell(error: ErrorData): void
}
