// The phone as the rest of the renderer sees it: a store to read and a few verbs. The only way to SIP and media.
import type { StoreApi } from 'zustand/vanilla'
import type { PhoneHandlers } from '../../common/bridge/table.ts'
import type { PhoneState, SoundEdge } from '../../common/model/phone.ts'
import type { RecordBatch, RtpSample } from '../../common/model/record.ts'
import type { Settings } from '../../common/model/settings.ts'
import type { NewTraceRow } from '../../common/model/trace.ts'
import type { LevelChunk } from './level-rows.ts'

/** For the flight record of a call. */
export interface FlightReports {
  levels(sessionId: string, where: 'ear' | 'microphone', chunk: LevelChunk): void
  rtp(sessionId: string, sample: Omit<RtpSample, 't'>): void
  /** Of the media, or what was done with the phone: never what was typed. */
  step(step: Omit<RecordBatch['steps'][number], 't'>): void
}

/** What the phone tells. It knows nothing of main or of the bridge. */
export interface PhoneReports {
  sound(edge: SoundEdge): void
  /** SIP messages and media steps, redacted. */
  trace(row: NewTraceRow): void
  flight?: FlightReports | undefined
}

export interface Phone {
  readonly store: Pick<StoreApi<PhoneState>, 'getState' | 'subscribe'>
  /** What main may ask (bridge table `phoneRequests`). All fail with AppError. */
  readonly handlers: PhoneHandlers
  /** RMS of the last 20 ms, 0 to 1, for meters; not state, because it changes 50 times a second. */
  levels(sessionId: string): { ear: number; microphone: number }
  /** The microphone outside of calls, for a level to look at: open until `end`. A failure shows in `microphone`. */
  listen(): { level(): number; end(): void }
  /**
   * Calls an extension, E.164 with `+`, `user@domain` or `sip:` (contract F.5). Resolves with the id of the session when
   * the INVITE has left; what becomes of it is in the state. Fails with AppError.
   */
  dial(target: string): Promise<string>
  /** Resolves when the other side accepted the re-INVITE; fails with `call.holdRefused`. Off hold is to the front too. */
  setHeld(sessionId: string, held: boolean): Promise<void>
  /** Holds the others, takes this one off hold and to the front; when it ends, the one that was left comes back. */
  swapTo(sessionId: string): Promise<void>
  /** Blind: resolves when the other side accepted to call the target; how it went is in `session.transfer`. */
  transfer(sessionId: string, target: string): Promise<void>
  /** Attended: the far ends of these two sessions are connected. */
  transferTo(sessionId: string, otherSessionId: string): Promise<void>
  setMuted(sessionId: string, muted: boolean): void
  /**
   * Digits 0-9, *, #, A-D (RFC 4733); `,` pauses for two seconds, `;` and `w` wait for `goOnKeys`. A further string
   * replaces the one that is on its way. Resolves when all are sent or somebody stopped it.
   */
  sendDtmf(sessionId: string, tones: string): Promise<void>
  goOnKeys(sessionId: string): void
  stopKeys(sessionId: string): void
  /** Opens the microphone once, closes it again and starts WebRTC, so that the first answer is as fast as the second. */
  warmUp(): Promise<void>
  useDevices(devices: Settings['devices']): Promise<void>
  /** Calls that come are refused as busy (486) without a sound, and stand among the sessions. */
  setDoNotDisturb(on: boolean): void
  /**
   * Asks the person for a headset with buttons (WebHID); only right after a press. Resolves with what was chosen, or with
   * nothing. How it goes is in `headset`.
   */
  connectHeadset(): Promise<{ vendorId: number; productId: number; name: string } | undefined>
  forgetHeadset(): Promise<void>
  /** What the settings remember of it: only that one is taken by itself. */
  rememberHeadset(headset: Settings['headset']): void
  /** What rings is not heard any more; for the caller it rings on. */
  silence(): void
  /** Plays the ringing tone once, on the chosen device. */
  testRing(): void
  dispose(): Promise<void>
}
