// Speaking into one call: a queue that says one item after the other and watches each being heard and transcribed.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import { waitFor } from '../../common/kit/wait.ts'
import type { SoundEdge } from '../../common/model/phone.ts'
import type { SpeakItem, Speaking } from '../../common/model/speaking.ts'
import type { TranscriptLine } from '../../common/model/transcript.ts'
import { createSession, type SessionParts } from './session.ts'
import { splitText } from './split.ts'
import { withLine } from './transcribed.ts'

export interface CallSpeaking {
  /** Opens the session before the first words. */
  prepare(): void
  say(text: string): string[]
  flush(): Promise<void>
  stop(): Promise<void>
  remove(itemId: string): void
  takeSound(edge: SoundEdge): void
  takeLine(line: TranscriptLine): void
  /** The call is over: nothing stays on the platform. */
  end(): Promise<void>
}

export interface CallSpeakingParts extends Omit<SessionParts, 'onChange'> {
  isSounding(): boolean
  set(speaking: Speaking): void
}

const itemLimit = 200
/** Accepted and not heard for so long: something is wrong. */
const unheardMs = 10_000
/** So much silence ends an item; shorter pauses are inside sentences. */
const quietMs = 600
/** Speech takes at most about this long; then the next item goes on even if somebody else is talking. */
const lengthMs = (text: string) => 2_000 + text.length * 90

export function createCallSpeaking(scope: Scope, parts: CallSpeakingParts): CallSpeaking {
  const { callId } = parts
  let speaking: Speaking = { callId, session: { status: 'off' }, items: [] }
  let pumping = false
  let made = 0
  let lastEdgeAt = 0
  const watchers = new Set<() => void>()

  const lookAgain = () => {
    for (const look of [...watchers]) look()
  }
  const set = (change: Partial<Speaking>) => {
    speaking = { ...speaking, ...change }
    parts.set(speaking)
    lookAgain()
  }
  const session = createSession(scope, { ...parts, onChange: (state) => set({ session: state }) })
  const find = (id: string) => speaking.items.find((item) => item.id === id)
  const patch = (id: string, change: (item: SpeakItem) => Partial<SpeakItem>) =>
    set({ items: speaking.items.map((item) => (item.id === id ? { ...item, ...change(item) } : item)) })
  const watch = (look: () => void) => {
    watchers.add(look)
    return () => watchers.delete(look)
  }

  /** Until the item has been spoken, as far as one can hear. */
  const spoken = async (id: string, text: string) => {
    const masked = parts.isSounding()
    const wait = scope.child('spoken')
    wait.after(unheardMs, () => {
      if (find(id)?.heardAt !== undefined) return
      if (find(id)?.status === 'queued' && !masked) {
        patch(id, () => ({ status: 'failed', error: new AppError('speaking.notHeard').toData() }))
      }
      void wait.end()
    })
    // Transcribed and not heard: the platform did its part (contract I.28). The next item need not wait for that.
    scope.after(unheardMs, () => {
      const item = find(id)
      if (item?.status !== 'transcribed' || item.heardAt !== undefined || masked) return
      patch(id, () => ({ error: new AppError('speaking.notArrived').toData() }))
    })
    wait.after(Math.max(unheardMs, lengthMs(text)), () => void wait.end())
    // Quiet is told by the clock, not by an edge: look again when a pause has become long enough.
    wait.every(quietMs / 3, lookAgain)
    await waitFor(wait, watch, () => {
      const item = find(id)
      if (!item || item.status === 'flushed' || item.status === 'failed') return true
      if (item.heardAt === undefined && item.status !== 'transcribed') return undefined
      return (!parts.isSounding() && Date.now() - lastEdgeAt >= quietMs) || undefined
    }).catch(() => {})
    await wait.end()
  }

  const speakOne = async ({ id, text }: SpeakItem) => {
    patch(id, () => ({ status: 'sending' }))
    try {
      await session.say(text, () => {
        // Flushed or stopped while the session was being made, or made anew: it must not be heard after all.
        if (find(id)?.status !== 'sending') throw new AppError('app.stopped', { detail: 'flushed' })
        patch(id, () => ({ sentAt: Date.now() }))
      })
    } catch (thrown) {
      if (find(id)?.status !== 'sending') return
      patch(id, () => ({ status: 'failed', error: toAppError(thrown).toData() }))
      return
    }
    // The sound may have been faster than the answer.
    patch(id, (item) =>
      item.status === 'sending' ? { status: item.heardAt === undefined ? 'queued' : 'heard' } : {},
    )
    await spoken(id, text)
  }
  const pump = async () => {
    if (pumping) return
    pumping = true
    try {
      for (;;) {
        const next = speaking.items.find(({ status }) => status === 'waiting')
        if (!next || scope.ended) return
        await speakOne(next)
      }
    } finally {
      pumping = false
    }
  }

  /** What waits goes; what is under way is marked as cut off. */
  const clear = () =>
    set({
      items: speaking.items
        .filter(({ status }) => status !== 'waiting')
        .map((item) => (isUnderWay(item, parts.isSounding()) ? { ...item, status: 'flushed' } : item)),
    })

  return {
    prepare: () => void session.open().catch(() => {}),
    say(text) {
      const pieces = splitText(text, undefined, parts.voice().language)
      if (pieces.length === 0) throw new AppError('speaking.empty')
      if (scope.ended) throw new AppError('call.gone')
      const items = pieces.map(
        (piece): SpeakItem => ({
          id: `${callId}-${++made}`,
          text: piece,
          status: 'waiting',
          createdAt: Date.now(),
        }),
      )
      set({ items: [...speaking.items, ...items].slice(-itemLimit) })
      void pump()
      return items.map(({ id }) => id)
    },
    async flush() {
      clear()
      await session.flush()
    },
    async stop() {
      clear()
      await session.close()
    },
    remove: (itemId) =>
      set({ items: speaking.items.filter(({ id, status }) => id !== itemId || status !== 'waiting') }),
    takeSound(edge) {
      if (edge.where === 'ear') lastEdgeAt = Date.now()
      if (edge.where !== 'ear' || edge.edge !== 'start') return
      const item = speaking.items.find(
        ({ sentAt, heardAt, status }) => awaitsSound(status) && sentAt && !heardAt,
      )
      if (item?.sentAt === undefined || edge.at < item.sentAt) return
      patch(item.id, ({ status }) => ({
        heardAt: edge.at,
        ...(status === 'queued' ? { status: 'heard' } : {}),
      }))
    },
    takeLine(line) {
      if (line.direction !== 'out' || line.status !== 'final') return
      set({ items: withLine(speaking.items, line, parts.voice().language) })
    },
    async end() {
      set({
        items: speaking.items.map((item) =>
          item.status === 'waiting' || item.status === 'sending'
            ? { ...item, status: 'failed', error: new AppError('call.gone').toData() }
            : item,
        ),
      })
      const closed = session.close()
      await Promise.all([scope.end(), closed])
    },
  }
}

const awaitsSound = (status: SpeakItem['status']) => status === 'sending' || status === 'queued'

const isUnderWay = ({ status }: SpeakItem, sounding: boolean) =>
  status === 'sending' || status === 'queued' || (status === 'heard' && sounding)
