// A SIP refusal in words that people use.
const words: Record<number, string> = {
  401: 'not permitted',
  402: 'the account has to pay first',
  403: 'not permitted',
  404: 'nobody has this number or address',
  406: 'no sound format in common',
  407: 'not permitted',
  408: 'no answer in time',
  410: 'this number is no longer in use',
  415: 'no sound format in common',
  480: 'not reachable now',
  481: 'that call is over',
  482: 'the call went in circles',
  483: 'the call went in circles',
  484: 'the number is not complete',
  485: 'the number means more than one',
  486: 'busy',
  487: 'given up before the answer',
  488: 'no sound format in common',
  500: 'an error on the way',
  502: 'an error on the way',
  503: 'not available at the moment',
  504: 'no answer in time',
  600: 'busy everywhere',
  603: 'declined',
  604: 'nobody has this number or address',
  606: 'no sound format in common',
  607: 'they do not want this call',
  608: 'blocked on the way',
}

/** `busy`, or `refused with 499` for what has no word here. */
export function toSipWords(status: number): string {
  return words[status] ?? `refused with ${status}`
}
