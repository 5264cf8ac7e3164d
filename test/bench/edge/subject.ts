// A softphone under measurement: what the bench does with each of them, and what it asks of them.
import type { Sound } from '../../../practice/voice/wav.ts'

export type SubjectName = 'chromium' | 'electron' | 'linphonec'

export interface Subject {
  readonly name: SubjectName
  /** As the table calls it, with its version. */
  readonly title: string
  readonly extension: string
  /** Resolves when the registrar has it. */
  start(): Promise<Phone>
}

export interface Phone {
  readonly name: SubjectName
  readonly extension: string
  /** Just before its process was started, and when the registrar accepted it (epoch ms). */
  readonly startedAt: number
  readonly registeredAt: number
  /** What the start is made of: name → ms after the start. */
  readonly stages: ReadonlyMap<string, number>
  /** Its first process; everything it started is below. */
  readonly pid: number
  /** Resolves when it was told to; the registrar tells when it did. Each with the time of the command. */
  unregister(): Promise<number>
  register(): Promise<number>
  /** Before a call: how its ear is listened to. `full` records everything it decodes. */
  expectCall(ear: 'first sound' | 'full' | 'none'): Promise<Ear>
  /** Resolves when a person could answer. */
  rings(): Promise<void>
  /** Answers; resolves with the time of the click or the command. */
  answer(): Promise<number>
  /** After the call: resolves when it is ready for the next one. */
  settled(): Promise<void>
  stop(): Promise<void>
}

export interface Ear {
  /** Epoch ms of the first sound of the caller behind the decoder. */
  firstSound(since: number): Promise<number>
  /** All that was decoded, after the call. */
  sound(): Promise<Sound>
  /** What the phone itself says about its loss concealment while the call is up; nothing where it says nothing. */
  concealment(): Promise<Concealment | undefined>
}

export interface Concealment {
  /** Share of the played sound that was made up, percent. */
  concealed: number
  /** Mean time in the jitter buffer, ms. */
  bufferMs: number
}

/** For ears that are not listened to. */
export const noEar: Ear = {
  firstSound: () => Promise.reject(new Error('nobody listened')),
  sound: () => Promise.reject(new Error('nobody recorded')),
  concealment: async () => undefined,
}
