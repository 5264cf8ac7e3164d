// Hold and resume of one session, by us and by them (RFC 3264 section 8.4).
//
//   talking ⇄ asking ⇄ held        silent from the click on; refused: as before, and the person is told
import { AppError } from '../../common/kit/errors.ts'
import type { Session } from '../../common/model/phone.ts'
import type { CallAudio } from './media-kit.ts'
import type { ReinviteAnswer } from './session-reinvite.ts'

export interface Hold {
  /** Resolves when the far end accepted; fails with `call.holdRefused`. */
  set(held: boolean): Promise<void>
  /** After each negotiation: which way audio may flow. */
  onDirection(direction: { weSend: boolean; theySend: boolean }): void
}

export interface HoldParts {
  audio: Pick<CallAudio, 'hold'>
  get(): Session
  set(patch: Partial<Session>): void
  reinvite(): Promise<ReinviteAnswer>
}

export function createHold({ audio, get, set, reinvite }: HoldParts): Hold {
  let last: Promise<void> = Promise.resolve()
  /** What the last offer of ours said, answered or not. */
  let wanted = false

  const ask = async (held: boolean) => {
    if (get().status !== 'established') throw new AppError('call.gone')
    if (get().held.byUs === held) return
    wanted = held
    // Nobody is overheard while the far end thinks about it.
    audio.hold(held)
    const { status } = await reinvite()
    if (status >= 200 && status < 300) {
      set({ held: { ...get().held, byUs: held }, heldAt: held ? Date.now() : undefined })
      return
    }
    wanted = !held
    audio.hold(!held)
    throw new AppError('call.holdRefused', { status, detail: `${held ? 'hold' : 'resume'}: ${status}` })
  }

  return {
    set(held) {
      // A second click waits for what the first one became.
      const asked = last.then(() => ask(held))
      last = asked.catch(() => {})
      return asked
    },
    onDirection({ weSend, theySend }) {
      // Held by us, they may answer `inactive` without holding us; what they want shows when we resume.
      const byThem = wanted ? get().held.byThem && !weSend : !weSend || !theySend
      if (byThem !== get().held.byThem) set({ held: { ...get().held, byThem } })
    },
  }
}
