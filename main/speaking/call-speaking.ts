// Speaking into one call: a queue that says one item after the other and watches each being heard and transcribed.
import { AppError, isUnanswered, toAppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { SoundEdge } from '../../common/model/phone.ts'
import {
  isLeft,
  isSaidNow,
  isUnderWay,
  type SpeakItem,
  type Speaking,
  type SpeakVoice,
  type VoiceChoice,
} from '../../common/model/speaking.ts'
import type { TranscriptLine } from '../../common/model/transcript.ts'
import { createBargeIn, type SpeechSign } from './barge-in.ts'
import {
  nextItem,
  withAgain,
  withCut,
  withFields,
  withHold,
  withMoved,
  withNew,
  without,
  withStatus,
  withText,
} from './items.ts'
import { createSession, type SessionParts } from './session.ts'
import { splitText } from './split.ts'
import { createSpokenWatch } from './spoken.ts'
import { isOfItsSide, withInterim, withLine } from './transcribed.ts'

export interface CallSpeaking {
  /** Opens the session before the first words. */
  prepare(): void
  /** The call may be resumed: what waits may go out. */
  goOn(): void
  /** The profile's voice may be another one. */
  voiceChanged(): void
  say(text: string): string[]
  /** Another text for one that still waits. */
  edit(itemId: string, text: string): void
  hold(itemId: string, held: boolean): void
  move(itemId: string, by: -1 | 1): void
  again(itemId: string): void
  choose(voice: VoiceChoice | null): void
  flush(): Promise<void>
  silence(): Promise<void>
  stop(): Promise<void>
  remove(itemId: string): void
  takeSound(edge: SoundEdge): void
  takeLine(line: TranscriptLine): void
  takeSpeech(sign: SpeechSign): void
  /** The call is over: nothing stays on the platform. */
  end(): Promise<void>
}

export interface CallSpeakingParts extends Omit<SessionParts, 'onChange' | 'voice'> {
  /** The profile's. */
  voice(): SpeakVoice
  /** Nobody else is in this call. */
  isAlone(): boolean
  /** So long a new item can be taken back. */
  undoMs(): number
  /** Whether the other side may cut the voice off by speaking. */
  bargeIn(): boolean
  isSounding(): boolean
  /** On hold by either side nobody would hear what is said. */
  isHeld(): boolean
  set(speaking: Speaking): void
}

/** What flush should have cut is heard no longer than this; then the session ends. */
const cutMs = 700

export function createCallSpeaking(scope: Scope, parts: CallSpeakingParts): CallSpeaking {
  const { callId, isSounding } = parts
  let speaking: Speaking = { callId, session: { status: 'off' }, items: [], voice: parts.voice() }
  const voice = (): SpeakVoice => {
    const wanted = withChoice(parts.voice(), speaking.chosen)
    // Whoever else might hear it is not there.
    return parts.isAlone() ? { ...wanted, heardBy: 'you' } : wanted
  }
  let pumping = false
  /** The item that is being said, until it has been spoken. */
  let current: string | undefined
  let made = 0

  const set = (change: Partial<Speaking>) => {
    speaking = { ...speaking, ...change, ...(parts.isAlone() ? { alone: true } : {}) }
    speaking = { ...speaking, voice: voice(), sounding: toSounding() }
    parts.set(speaking)
    watch.look()
  }
  const toSounding = () => {
    const item = speaking.items.find(({ id }) => id === current)
    return item && !isLeft(item) ? item.id : undefined
  }
  const items = () => speaking.items
  const setItems = (next: SpeakItem[]) => set({ items: next })
  const find = (id: string) => items().find((item) => item.id === id)
  const session = createSession(scope, { ...parts, voice, onChange: (state) => set({ session: state }) })
  const watch = createSpokenWatch(scope, {
    find,
    isSounding,
    change: (id, status, more) => setItems(withStatus(items(), id, status, more)),
    mark: (id, more) => setItems(withFields(items(), id, more)),
  })

  const speakOne = async ({ id, text }: SpeakItem) => {
    current = id
    setItems(withStatus(withFields(items(), id, { dueAt: undefined }), id, 'sending'))
    try {
      await session.say(text, ({ heardBy }) => {
        // Flushed or stopped while the session was being made, or made anew: it must not be heard after all.
        if (find(id)?.status !== 'sending') throw new AppError('app.stopped', { detail: 'flushed' })
        setItems(withFields(items(), id, { sentAt: Date.now(), heardBy }))
      })
      // The sound may have been faster than the answer.
      setItems(withStatus(items(), id, 'queued'))
    } catch (thrown) {
      const error = toAppError(thrown)
      const item = find(id)
      if (!item || !isUnderWay(item)) return
      if (item.sentAt === undefined || !isUnanswered(error)) {
        return setItems(withStatus(items(), id, 'failed', { error: error.toData() }))
      }
      // It may have been taken all the same: looked for, never just sent again (contract B.5).
      if (item.status === 'sending') setItems(withFields(items(), id, { error: error.toData() }))
    }
    await watch.spoken(id, text)
  }
  const pump = async () => {
    if (pumping) return
    pumping = true
    try {
      for (;;) {
        const next = parts.isHeld() ? undefined : nextItem(items(), Date.now())
        if (next?.status === 'later') scope.after(next.atMs - Date.now(), () => void pump())
        if (next?.status !== 'go' || scope.ended) break
        await speakOne(next.item)
        current = undefined
      }
    } finally {
      pumping = false
      current = undefined
    }
    if (!scope.ended && speaking.sounding !== undefined) set({})
    // Between two items is the time for another voice.
    if (!scope.ended) session.refresh()
  }
  const change = (next: SpeakItem[]) => {
    setItems(next)
    void pump()
  }
  const toNew = (text: string) => {
    const pieces = splitText(text, undefined, voice().language)
    if (pieces.length === 0) throw new AppError('speaking.empty')
    return pieces.map((piece) => ({ id: `${callId}-${++made}`, text: piece }))
  }
  /** A text that is spoken to its end although some of it was transcribed is no longer current when it is quiet. */
  const goesOn = (item: SpeakItem | undefined) =>
    item?.heardBy === 'them' ? isSaidNow(item, current) : isSounding()
  const clear = (as: 'flushed' | 'interrupted') =>
    setItems(withCut(items(), as, goesOn(find(current ?? '')) ? current : undefined))
  const silence = async (as: 'flushed' | 'interrupted') => {
    const before = speaking.session
    clear(as)
    scope.after(cutMs, () => {
      const { session: state } = speaking
      const isSame = state.status === 'active' && before.status === 'active' && state.since === before.since
      if (isSame && isSounding() && current === undefined) void session.renew()
    })
    await session.silence()
  }
  const bargeIn = createBargeIn({
    isOn: parts.bargeIn,
    heardBy: () => find(speaking.sounding ?? '')?.heardBy ?? voice().heardBy,
    language: () => voice().language,
    items,
    saidSince: () => items().find((item) => isSaidNow(item, speaking.sounding))?.sentAt,
    isSounding,
    after: (ms, look) => void scope.after(ms, look),
    onSpeech: () => void silence('interrupted').catch((error) => parts.log.warn('not silenced', error)),
  })

  return {
    prepare: () => void session.open().catch(() => {}),
    goOn() {
      if (items().some(({ status }) => status === 'waiting')) void pump()
    },
    voiceChanged() {
      if (scope.ended || JSON.stringify(voice()) === JSON.stringify(speaking.voice)) return
      set({})
      if (!pumping) session.refresh()
    },
    say(text) {
      const added = toNew(text)
      if (scope.ended) throw new AppError('call.gone')
      change(withNew(items(), added, Date.now(), parts.undoMs()))
      return added.map(({ id }) => id)
    },
    edit: (id, text) => change(withText(items(), id, toNew(text))),
    hold: (id, held) => change(withHold(items(), id, held)),
    move: (id, by) => change(withMoved(items(), id, by)),
    again(id) {
      if (scope.ended) throw new AppError('call.gone')
      change(withAgain(items(), id, `${callId}-${++made}`, Date.now()))
    },
    choose(chosen) {
      set({ chosen: chosen === null ? undefined : { ...speaking.chosen, ...chosen } })
      if (!pumping) session.refresh()
    },
    async flush() {
      clear('flushed')
      await session.flush()
    },
    silence: () => silence('flushed'),
    async stop() {
      clear('flushed')
      await session.close()
    },
    remove: (id) => change(without(items(), id)),
    takeSound(edge) {
      if (edge.where !== 'ear') return
      watch.takeSound(edge, items())
      bargeIn.takeSound(edge)
    },
    takeLine(line) {
      bargeIn.takeInterim(line)
      if (!items().some((item) => isOfItsSide(item, line))) return
      setItems((line.status === 'final' ? withLine : withInterim)(items(), line, voice().language))
    },
    takeSpeech: (sign) => bargeIn.takeSpeech(sign, Date.now()),
    async end() {
      const gone = new AppError('call.gone').toData()
      current = undefined
      setItems(
        items().map((item) =>
          item.status === 'waiting' || item.status === 'sending'
            ? { ...item, status: 'failed', error: gone }
            : item,
        ),
      )
      const closed = session.close()
      await Promise.all([scope.end(), closed])
    },
  }
}

const withChoice = (
  voice: SpeakVoice,
  { language, provider, voiceId, heardBy }: VoiceChoice = {},
): SpeakVoice => ({
  language: language ?? voice.language,
  provider: provider ?? voice.provider,
  // A voice id belongs to one provider (contract C.6 item 9).
  voiceId: voiceId ?? (provider === undefined ? voice.voiceId : ''),
  heardBy: heardBy ?? voice.heardBy,
})
