// Speaking typed text into calls: one session a call, cleaned up at its end, at quit and after earlier runs.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Log } from '../../common/kit/log.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Slice } from '../../common/kit/slice.ts'
import type { SoundEdge } from '../../common/model/phone.ts'
import type { Speaking, SpeakVoice, VoiceChoice } from '../../common/model/speaking.ts'
import type { TranscriptLine } from '../../common/model/transcript.ts'
import type { Platform } from '../platform/platform.ts'
import type { SpeechSign } from './barge-in.ts'
import { type CallSpeaking, createCallSpeaking } from './call-speaking.ts'

/** What anybody who speaks into a call needs: a person at the panel, the quickstart, an assistant. `call.gone` without a call. */
export interface SpeakInto {
  /** Ids of the new items, in order; long texts become several. They go out one after the other. */
  say(callId: string, text: string): string[]
  /** Drops what waits. What is being spoken goes on where the provider cannot cut it (contract C.6 item 2). */
  flush(callId: string): Promise<void>
  /** Nothing is heard any more, whatever the provider; resolves when the platform has ended it. The next say is ready. */
  silence(callId: string): Promise<void>
  /** Silence, and no voice on this call until the next say. */
  stop(callId: string): Promise<void>
  /** Each change of a call's session, queue or voice. Returns how to stop it. */
  onState(listener: (speaking: Speaking) => void): () => void
}

export interface Speakings extends SpeakInto {
  /**
   * The call is up and is the one of this SIP session: its speaking session is made now. Told once more, what waited for
   * the end of a hold goes on.
   */
  prepare(callId: string, sessionId: string): void
  /** This and the next three throw `speaking.tooLate` for an item that no longer waits, or is not left over. */
  edit(callId: string, itemId: string, text: string): void
  /** While held, it and what stands behind it waits. */
  hold(callId: string, itemId: string, held: boolean): void
  move(callId: string, itemId: string, by: -1 | 1): void
  /** Says once more what failed, was flushed or was interrupted, as a new item at the end. */
  again(callId: string, itemId: string): void
  /** Takes back what waits; puts away what is left over. Throws `speaking.tooLate` for what is, or was, on its way. */
  remove(callId: string, itemId: string): void
  /** The profile's voice may be another one: shown at once, and used from the next item on. */
  voiceChanged(): void
  /** Another voice for this call, from the next item on; nothing = the profile's again. */
  choose(callId: string, voice: VoiceChoice | null): void
  takeSound(edge: SoundEdge): void
  takeLine(line: TranscriptLine): void
  /** Speech on this call or on one that is joined with it. */
  takeSpeech(callId: string, sign: SpeechSign): void
  endCall(callId: string): Promise<void>
  /** Removes sessions whose call is over: earlier runs may have left them. */
  cleanUp(): Promise<void>
}

export interface SpeakingsParts {
  platform: Pick<Platform, 'speakings' | 'calls' | 'clock'>
  slice: Slice<Record<string, Speaking>>
  log: Log
  /** The profile's. */
  voice(): SpeakVoice
  isAlone(callId: string): boolean
  undoMs(): number
  bargeIn(): boolean
  isSounding(sessionId: string): boolean
  isHeld(sessionId: string): boolean
}

const callLimit = 20
const cleanUpLimit = 20

interface Entry {
  sessionId: string
  speaking: CallSpeaking
}

export function openSpeakings(scope: Scope, parts: SpeakingsParts): Speakings {
  const { platform, log } = parts
  const entries = new Map<string, Entry>()
  const listeners = new Set<(speaking: Speaking) => void>()

  const set = (speaking: Speaking) => {
    const all = { ...parts.slice.get(), [speaking.callId]: speaking }
    const old = Object.keys(all).filter((id) => id !== speaking.callId && !entries.has(id))
    for (const id of old.slice(0, Math.max(0, Object.keys(all).length - callLimit))) delete all[id]
    parts.slice.set(all)
    for (const listener of listeners) listener(speaking)
  }
  const begin = (callId: string, sessionId: string): Entry => {
    const entry: Entry = {
      sessionId,
      speaking: createCallSpeaking(scope.child(`speaking ${callId}`), {
        speakings: platform.speakings,
        clock: platform.clock,
        readCall: () => platform.calls.get(callId),
        callId,
        log,
        set,
        voice: parts.voice,
        isAlone: () => parts.isAlone(callId),
        undoMs: parts.undoMs,
        bargeIn: parts.bargeIn,
        isSounding: () => parts.isSounding(entry.sessionId),
        isHeld: () => parts.isHeld(entry.sessionId),
      }),
    }
    entries.set(callId, entry)
    return entry
  }
  const present = (callId: string): CallSpeaking => {
    const entry = entries.get(callId)
    if (!entry)
      throw new AppError('call.gone', { detail: 'the call is not up, or not linked with the platform' })
    return entry.speaking
  }
  const endCall = async (callId: string) => {
    const entry = entries.get(callId)
    entries.delete(callId)
    await entry?.speaking.end()
  }
  // The end of the account, and quitting, wait until the platform has heard of it.
  scope.add(() => Promise.all([...entries.keys()].map(endCall)))

  const isOver = async (callId: string): Promise<boolean> => {
    try {
      return (await platform.calls.get(callId)).status === 'hangup'
    } catch (thrown) {
      // Unknown or deleted (contract C.3); anything else says nothing about the call.
      const { code } = toAppError(thrown)
      return code === 'platform.notFound' || code === 'platform.conflict'
    }
  }

  return {
    prepare(callId, sessionId) {
      if (scope.ended) return
      if (entries.get(callId)?.sessionId === sessionId) return entries.get(callId)?.speaking.goOn()
      const entry = entries.get(callId) ?? begin(callId, sessionId)
      entry.sessionId = sessionId
      entry.speaking.prepare()
    },
    say: (callId, text) => present(callId).say(text),
    flush: (callId) => present(callId).flush(),
    stop: (callId) => present(callId).stop(),
    silence: (callId) => present(callId).silence(),
    edit: (callId, itemId, text) => present(callId).edit(itemId, text),
    hold: (callId, itemId, held) => present(callId).hold(itemId, held),
    move: (callId, itemId, by) => present(callId).move(itemId, by),
    again: (callId, itemId) => present(callId).again(itemId),
    remove: (callId, itemId) => present(callId).remove(itemId),
    voiceChanged() {
      for (const { speaking } of entries.values()) speaking.voiceChanged()
    },
    choose: (callId, voice) => present(callId).choose(voice),
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    takeSpeech: (callId, sign) => entries.get(callId)?.speaking.takeSpeech(sign),
    takeSound(edge) {
      for (const entry of entries.values())
        if (entry.sessionId === edge.sessionId) entry.speaking.takeSound(edge)
    },
    takeLine: (line) => entries.get(line.callId)?.speaking.takeLine(line),
    endCall,
    async cleanUp() {
      const left = (await platform.speakings.list()).filter(({ status }) => status !== 'stopped')
      for (const { id, referenceId } of left.slice(0, cleanUpLimit)) {
        if (scope.ended) return
        // A session on a live call belongs to somebody: another device, or this one.
        if (entries.has(referenceId) || !(await isOver(referenceId))) continue
        await platform.speakings.stop(id).catch(() => {})
        await platform.speakings.remove(id).catch(() => {})
        log.info(`speaking session ${id} of an ended call removed`)
      }
    },
  }
}
