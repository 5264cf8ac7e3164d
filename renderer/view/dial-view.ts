// The dial field: what would be called, whether it can be, and the last one again. It never dials by itself.
import { looksLikeNumber, readTarget } from '../../common/model/dial-target.ts'
import type { Actions } from './actions.ts'

export interface DialView {
  /** Calls what is in the field. */
  call: (() => void) | undefined
  /** What pressing the button will do, or what is wrong with the text. */
  hint: string
  wrong: boolean
  redial: { target: string; call: () => void } | undefined
}

const help = 'An extension, a number with +, or a SIP address.'

export function toDial(text: string, last: string | undefined, actions: Actions): DialView {
  const read = readTarget(text)
  const empty = text.trim() === ''
  const ok = !('wrong' in read)
  return {
    call: ok ? () => actions.dial(text) : undefined,
    hint: empty ? help : ok ? toHint(text, read) : read.wrong,
    wrong: !empty && !ok,
    redial: last === undefined ? undefined : { target: last, call: () => actions.dial(last) },
  }
}

function toHint(text: string, { user, host }: { user: string; host: string | undefined }): string {
  if (looksLikeNumber(text)) return `Without + this is looked up as extension ${user}.`
  if (host !== undefined) return `Calls ${user} at ${host}.`
  if (user.startsWith('+')) return `Calls the number ${user}.`
  return user.includes(':') ? `Calls ${user}.` : `Calls extension ${user}.`
}
