// What a person types to reach somebody, read into a SIP address (contract F.5). Pure: nothing is dialled here.
import { toPlainDigits } from '../kit/digits.ts'
import { say } from '../words/say.ts'

export interface DialTarget {
  /** User part, not escaped: an extension, `+` and digits, or a kind such as `agent:<uuid>`. */
  user: string
  /** `undefined`: the registrar domain of the account. */
  host: string | undefined
}

export type ReadTarget = DialTarget | { wrong: string }

/** ITU E.164: at most 15 digits; fewer than 5 can hardly be a number with a country code. */
const e164 = /^\+[1-9]\d{4,14}$/
/** Unreserved characters of RFC 3261 section 25.1, and `#` of feature codes. */
const extension = /^[A-Za-z0-9_.!~*'#-]{1,64}$/
const platformKind = /^(agent|conference):[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const hostName = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/
const most = 200

/**
 * Reads `2000`, `+49 30 123456`, `ada@example.org`, `sip:…`, `tel:…` and `callto:…`. Parameters and headers of a URI are
 * dropped: what a link carries there must not reach the wire. `sips:` is refused, because it must not be weakened to `sip:`.
 */
export function readTarget(text: string): ReadTarget {
  const given = toTyped(text)
    .trim()
    .replace(/^<(.*)>$/, '$1')
  if (given === '') return { wrong: say('Enter an extension, a number with + or a SIP address.') }
  if (given.length > most) return { wrong: say('This is too long for an address.') }
  const scheme = /^(sips?|tel|callto):(?:\/\/)?/i.exec(given)
  if (scheme?.[1]?.toLowerCase() === 'sips')
    return { wrong: say('sips: addresses cannot be dialled; use sip:.') }
  const address = unescaped(given.slice(scheme?.[0].length ?? 0).replace(/[;?].*$/, ''))
  if (address === undefined) return { wrong: say('The address has a broken % sequence.') }
  return readAddress(address)
}

/** Without a scheme, and with nothing escaped. */
export function readAddress(address: string): ReadTarget {
  if (address === '') return { wrong: say('Enter an extension, a number with + or a SIP address.') }
  if (address.length > most) return { wrong: say('This is too long for an address.') }
  const at = address.lastIndexOf('@')
  if (at < 0) return readUser(address)
  const host = address.slice(at + 1)
  if (!hostName.test(host)) return { wrong: say('“{host}” is not a host name.', { host }) }
  const user = readUser(address.slice(0, at))
  return 'wrong' in user ? user : { user: user.user, host: host.toLowerCase() }
}

/** As it was meant: numbers are copied from pages with signs that are not seen, dashes of print and digits of any script. */
function toTyped(text: string): string {
  return toPlainDigits(text.replace(/\p{Cf}/gu, ''))
    .replace(/\p{Pd}/gu, '-')
    .replace(/^((?:tel:)?\+\d{1,3}[\s./-]*)\(0\)/i, '$1')
}

function readUser(text: string): ReadTarget {
  const kind = text.replace(/^extension:/i, '')
  if (platformKind.test(kind)) return { user: kind.toLowerCase(), host: undefined }
  const bare = text.startsWith('+') || /^[\d\s()./-]+$/.test(kind) ? kind.replace(/[\s()./-]/g, '') : kind
  if (bare.startsWith('+')) {
    if (e164.test(bare)) return { user: bare, host: undefined }
    return { wrong: say('A number has + and 5 to 15 digits, country code first.') }
  }
  if (extension.test(bare)) return { user: bare, host: undefined }
  return { wrong: say('Letters, digits and . _ - * # only, or a number with +, or user@domain.') }
}

/** A telephone number without `+` would be looked up as an extension (contract F.5). */
export function looksLikeNumber(text: string): boolean {
  const read = readTarget(text)
  return !('wrong' in read) && read.host === undefined && /^\d{7,15}$/.test(read.user)
}

/** Nothing where a % sequence is broken. */
export function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
