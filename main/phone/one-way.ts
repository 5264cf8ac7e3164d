// One-way audio: which way, since when, and whether the network or the microphone is the cause (contract I.31, I.32).
import { AppError, type ErrorCode } from '../../common/kit/errors.ts'
import type { Session } from '../../common/model/phone.ts'

export interface OneWay {
  /** Looks at a session now; the errors that hold at this moment. */
  look(session: Session, now: number): AppError[]
}

/** Nothing came for so long: at the beginning, and later. */
const neverMs = 3_000
const stoppedMs = 8_000

interface Way {
  packets: number
  /** When the count last grew. */
  movedAt: number
}

export function createOneWay(): OneWay {
  const ways = new Map<string, Record<'in' | 'out', Way>>()

  const follow = (way: Way, packets: number, now: number, pausing: boolean) => {
    if (packets === way.packets && !pausing) return
    way.packets = packets
    way.movedAt = now
  }
  const isStuck = ({ packets, movedAt }: Way, now: number) =>
    now - movedAt >= (packets === 0 ? neverMs : stoppedMs)

  return {
    look(session, now) {
      const { media, status, held } = session
      if (status !== 'established' || !media) {
        if (status === 'ended') ways.delete(session.id)
        return []
      }
      const since = session.answeredAt ?? now
      const fresh = () => ({ packets: 0, movedAt: since })
      const own = ways.get(session.id) ?? { in: fresh(), out: fresh() }
      ways.set(session.id, own)
      // A held call is silent on purpose.
      const pausing = held.byUs || held.byThem
      follow(own.in, media.packetsReceived, now, pausing)
      follow(own.out, media.packetsSent, now, pausing)
      const found: AppError[] = []
      // A far end may send nothing in its pauses: over a path that stands, only what never came is a fault.
      const mayPause = own.in.packets > 0 && isUp(media.ice)
      if (!mayPause && isStuck(own.in, now)) found.push(told('media.noAudioIn', own.in, media.ice))
      if (isStuck(own.out, now)) found.push(told('media.noAudioOut', own.out, media.ice))
      else if (media.microphone === 'digitalSilence' && session.sending === 'on')
        found.push(new AppError('media.micSilent'))
      return found
    },
  }
}

const isUp = (ice: string) => ice === 'connected' || ice === 'completed'

function told(code: ErrorCode, { movedAt, packets }: Way, ice: string): AppError {
  const clock = new Date(movedAt).toTimeString().slice(0, 8)
  const path = isUp(ice) ? 'the path stands' : `ICE ${ice}: UDP may be blocked`
  return new AppError(code, { detail: `since ${clock}, ${packets} packets before; ${path}` })
}
