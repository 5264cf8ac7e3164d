// A SIP refusal in words that people use.
import type { Phrase } from '../../common/words/placeholders.ts'
import { phrase, say } from '../../common/words/say.ts'

const words: Record<number, Phrase> = {
  401: phrase('not permitted'),
  402: phrase('the account has to pay first'),
  403: phrase('not permitted'),
  404: phrase('nobody has this number or address'),
  406: phrase('no sound format in common'),
  407: phrase('not permitted'),
  408: phrase('no answer in time'),
  410: phrase('this number is no longer in use'),
  415: phrase('no sound format in common'),
  480: phrase('not reachable now'),
  481: phrase('that call is over'),
  482: phrase('the call went in circles'),
  483: phrase('the call went in circles'),
  484: phrase('the number is not complete'),
  485: phrase('the number means more than one'),
  486: phrase('busy'),
  487: phrase('given up before the answer'),
  488: phrase('no sound format in common'),
  500: phrase('an error on the way'),
  502: phrase('an error on the way'),
  503: phrase('not available at the moment'),
  504: phrase('no answer in time'),
  600: phrase('busy everywhere'),
  603: phrase('declined'),
  604: phrase('nobody has this number or address'),
  606: phrase('no sound format in common'),
  607: phrase('they do not want this call'),
  608: phrase('blocked on the way'),
}

/** `busy`, or `refused with 499` for what has no word here. */
export function toSipWords(status: number): string {
  return say(words[status] ?? phrase('refused with {status}', { status }))
}
