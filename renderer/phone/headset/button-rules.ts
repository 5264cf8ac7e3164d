// What the buttons of a headset mean: a report after the other against the calls there are. Pure.
//
// Traps that this knows: a hook switch that only repeats what we told its light; a mute button that says "pressed" and one
// that says "muted"; buttons that come up again by themselves; a wireless base that answers seconds later.
import { type Button, isDown, type TelephonyFields } from './telephony-fields.ts'

/** The calls as a headset sees them. */
export interface HeadsetCalls {
  /** Somebody waits for an answer. */
  ringing: boolean
  /** A call is up or being made. */
  inCall: boolean
  muted: boolean
  /** Another call waits on hold. */
  waiting: boolean
}

export type HeadsetAct = 'answer' | 'decline' | 'hangUp' | 'mute' | 'unmute' | 'swap'

export interface ButtonRules {
  take(report: { reportId: number; data: DataView; at: number }, calls: HeadsetCalls): HeadsetAct[]
  /** The lights were written, epoch ms: what follows may be an echo of it. */
  wrote(light: 'offHook' | 'mute', at: number): void
}

/** A wireless base was seen to answer its light after two seconds. */
const hookEchoMs = 3_000
const muteEchoMs = 300
/** Who lets go within this has pressed a button that comes up by itself. */
const pressMs = 1_000

export function createButtonRules({ buttons }: Pick<TelephonyFields, 'buttons'>): ButtonRules {
  const down = new Map<Button['name'], boolean>()
  const wrote = { offHook: Number.NEGATIVE_INFINITY, mute: Number.NEGATIVE_INFINITY }
  let hookDownAt = Number.NEGATIVE_INFINITY
  /** An open kind of hook that was seen to come up by itself. */
  let springs = false

  const toHook = (button: Button, is: boolean, at: number, calls: HeadsetCalls): HeadsetAct[] => {
    const fresh = at - wrote.offHook > hookEchoMs
    if (is) {
      hookDownAt = at
      if (calls.ringing && !calls.inCall) return ['answer']
      // A switch that is on in a call is where it should be; a button that is pressed ends the call.
      return button.kind !== 'state' && calls.inCall && (button.kind === 'press' || fresh) ? ['hangUp'] : []
    }
    if (button.kind === 'press') return []
    if (button.kind === 'either' && (springs || at - hookDownAt < pressMs)) {
      springs ||= at - hookDownAt < pressMs
      return []
    }
    // Back on the hook. Without a call it is an echo of our own light, or the end of one that is over.
    return calls.inCall && !isJustTold(at) ? ['hangUp'] : []
  }
  /** The light was just switched on for this call: some say "on the hook" once more before they follow. */
  const isJustTold = (at: number) => at - wrote.offHook < pressMs

  const toMute = (button: Button, is: boolean, at: number, calls: HeadsetCalls): HeadsetAct[] => {
    if (!calls.inCall) return []
    if (button.kind === 'state') return is === calls.muted ? [] : [is ? 'mute' : 'unmute']
    // Pressed; that it comes up again means nothing.
    if (!is || at - wrote.mute < muteEchoMs) return []
    return [calls.muted ? 'unmute' : 'mute']
  }

  const toActs = (button: Button, is: boolean, at: number, calls: HeadsetCalls): HeadsetAct[] => {
    if (button.name === 'hook') return toHook(button, is, at, calls)
    if (button.name === 'mute') return toMute(button, is, at, calls)
    if (!is) return []
    return button.name === 'flash' ? toFlash(calls) : toDrop(calls)
  }

  return {
    wrote(light, at) {
      wrote[light] = at
    },
    take({ reportId, data, at }, calls) {
      const here = buttons.filter((button) => button.reportId === reportId)
      const now = here.map((button) => ({ button, is: isDown(button, data) }))
      const others = (button: Button) =>
        now.some((one) => one.button !== button && one.is !== (down.get(one.button.name) ?? false))
      const changed = now.filter(({ button, is }) => {
        if (is !== (down.get(button.name) ?? false)) return true
        // A relative field says 1 for each press, unless only its neighbour has changed.
        return is && button.kind === 'press' && !button.slots && !others(button)
      })
      for (const { button, is } of now) down.set(button.name, is)
      return changed.flatMap(({ button, is }) => toActs(button, is, at, calls))
    },
  }
}

function toFlash({ ringing, waiting }: HeadsetCalls): HeadsetAct[] {
  if (ringing) return ['answer']
  return waiting ? ['swap'] : []
}

function toDrop({ ringing, inCall }: HeadsetCalls): HeadsetAct[] {
  if (inCall) return ['hangUp']
  return ringing ? ['decline'] : []
}
