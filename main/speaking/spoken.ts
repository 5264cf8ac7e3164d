// Whether an item was spoken, as far as one can hear: its first sound, its end, and what it means when neither comes.
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import { waitFor } from '../../common/kit/wait.ts'
import type { SoundEdge } from '../../common/model/phone.ts'
import { isLeft, isUnderWay, type SpeakItem, type SpeakItemStatus } from '../../common/model/speaking.ts'

export interface SpokenWatch {
  /** Something changed that an item under way may have waited for. */
  look(): void
  /** Until the item has been spoken, or is known not to be. */
  spoken(id: string, text: string): Promise<void>
  takeSound(edge: SoundEdge, items: readonly SpeakItem[]): void
}

export interface SpokenParts {
  find(id: string): SpeakItem | undefined
  isSounding(): boolean
  change(id: string, status: SpeakItemStatus, more?: Partial<SpeakItem>): void
  mark(id: string, more: Partial<Omit<SpeakItem, 'status'>>): void
}

/** Accepted and not heard for so long: something is wrong. */
const unheardMs = 10_000
/** So much silence ends an item; shorter pauses are inside sentences. */
const quietMs = 600
/** Speech takes at most about this long; then the next item goes on even if somebody else is talking. */
const lengthMs = (text: string) => 2_000 + text.length * 90
/** What cannot be heard is taken to last about as long as a person would need. */
const unseenMs = (text: string) => 800 + text.length * 65

export function createSpokenWatch(scope: Scope, parts: SpokenParts): SpokenWatch {
  const { find, isSounding } = parts
  const watchers = new Set<() => void>()
  let lastEdgeAt = 0

  const look = () => {
    for (const one of [...watchers]) one()
  }
  const watch = (one: () => void) => {
    watchers.add(one)
    return () => watchers.delete(one)
  }
  const isQuiet = () => !isSounding() && Date.now() - lastEdgeAt >= quietMs

  /** Its answer got lost, or its sound never came. */
  const giveUp = (id: string, masked: boolean) => {
    const item = find(id)
    if (item?.status === 'sending' || (item?.status === 'queued' && !masked)) {
      parts.change(id, 'failed', { error: item.error ?? new AppError('speaking.notHeard').toData() })
    }
  }
  /** What nobody here can hear goes on by the clock; only its lost answer is told. */
  const unheard = async (id: string, text: string) => {
    const wait = scope.child('unheard')
    const isDoubtful = find(id)?.error !== undefined
    wait.after(isDoubtful ? unheardMs : unseenMs(text), () => {
      if (find(id)?.status === 'sending') giveUp(id, false)
      void wait.end()
    })
    await waitFor(wait, watch, () => isOver(find(id)) || undefined).catch(() => {})
    pass(id)
    await wait.end()
  }
  /** Its time is over, and whether it was said nobody here can tell: the platform took it, no more. */
  const pass = (id: string) => {
    const item = find(id)
    if (item && isUnderWay(item) && !scope.ended) parts.mark(id, { passedAt: Date.now() })
  }
  const isOver = (item: SpeakItem | undefined) => !item || isLeft(item)

  return {
    look,
    async spoken(id, text) {
      if (!isInOurEar(find(id))) return unheard(id, text)
      const masked = isSounding() && find(id)?.heardAt === undefined
      const wait = scope.child('spoken')
      wait.after(unheardMs, () => {
        if (find(id)?.heardAt !== undefined) return
        giveUp(id, masked)
        void wait.end()
      })
      // Transcribed and not heard: the platform did its part (contract I.28). The next item need not wait for that.
      scope.after(unheardMs, () => {
        const item = find(id)
        if (item?.status !== 'transcribed' || item.heardAt !== undefined || masked) return
        parts.mark(id, { error: new AppError('speaking.notArrived').toData() })
      })
      wait.after(Math.max(unheardMs, lengthMs(text)), () => void wait.end())
      // Quiet is told by the clock, not by an edge: look again when a pause has become long enough.
      wait.every(quietMs / 3, look)
      await waitFor(wait, watch, () => {
        const item = find(id)
        if (isOver(item) || !item) return true
        if (item.heardAt === undefined && item.status !== 'speaking' && item.status !== 'transcribed')
          return undefined
        return isQuiet() || undefined
      }).catch(() => {})
      const item = find(id)
      if (item?.heardAt !== undefined && item.status === 'speaking') parts.change(id, 'heard')
      // Known by interim words and by no sound: it goes on for about its length.
      if (find(id)?.status === 'speaking') scope.after(unseenMs(text), () => pass(id))
      else pass(id)
      await wait.end()
    },
    takeSound({ edge, at }, items) {
      lastEdgeAt = Date.now()
      if (edge !== 'start') return
      const item = items.find((one) => awaitsSound(one) && isInOurEar(one) && one.sentAt !== undefined)
      if (item?.sentAt === undefined || at < item.sentAt) return
      parts.mark(item.id, { heardAt: at, error: undefined })
      parts.change(item.id, 'speaking')
    },
  }
}

/** Where the voice is not, silence says nothing about it. */
const isInOurEar = (item: SpeakItem | undefined) => item?.heardBy !== 'them'
const awaitsSound = ({ status, heardAt, passedAt }: SpeakItem) =>
  (status === 'sending' || status === 'queued') && heardAt === undefined && passedAt === undefined
