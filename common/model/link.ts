// Links that ask to call somebody (`tel:`, `sip:`, `sips:`, `callto:`), read for the dial field. They come from anywhere: nothing
// here dials, and nothing of a link reaches the wire but whom it names.
import { say } from '../words/say.ts'
import { type ReadTarget, readAddress, unescaped } from './dial-target.ts'

export const linkSchemes = ['tel', 'sip', 'sips', 'callto'] as const

/** `wrong`: it is such a link, but nobody can be called by it. */
export type ReadLink = { target: string } | { wrong: string }

/** A link may be long because of its headers; whom it names is short. */
const most = 1_000
/** Of a name that is shown because it cannot be called. */
const mostShown = 100
const scheme = /^(tel|sips?|callto):(?:\/\/)?/i
/** Control and invisible characters, and those that turn the direction of reading: no address has them. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** Nothing: no link of these kinds. */
export function readLink(text: string): ReadLink | undefined {
  const given = text.trim()
  const [prefix = '', name = ''] = scheme.exec(given) ?? []
  if (prefix === '') return undefined
  if (given.length > most) return { wrong: say('The link is too long.') }
  const rest = unescaped(given.slice(prefix.length))
  if (rest === undefined || hidden.test(rest))
    return { wrong: say('The link has characters that no address has.') }
  const [address = '', ...parameters] = (rest.split('?')[0] ?? '').replace(/\/+$/, '').split(';')
  if (name.toLowerCase() === 'sips') {
    // Kept as it is: the field says why it cannot be dialled.
    return { target: `sips:${withoutPassword(address).slice(0, mostShown)}` }
  }
  const whom = name.toLowerCase() === 'tel' ? toNumber(address, parameters) : withoutPassword(address)
  const read = readAddress(whom)
  return 'wrong' in read ? { wrong: read.wrong } : { target: toText(read) }
}

/** RFC 3966 section 5.1.5: a local number belongs to a context; one that begins with + is what stands before it. */
function toNumber(address: string, parameters: readonly string[]): string {
  const bare = address.replace(/[-.()]/g, '')
  if (bare.startsWith('+')) return bare
  const context = parameters.find((one) => /^phone-context=/i.test(one))?.slice('phone-context='.length) ?? ''
  const before = /^\+[\d\-.()]+$/.test(context) ? context.replace(/[-.()]/g, '') : ''
  return /^\d+$/.test(bare) ? before + bare : bare
}

/** RFC 3261 section 19.1.1 allows a password and advises against it; it is nobody's business here. */
function withoutPassword(address: string): string {
  const at = address.lastIndexOf('@')
  if (at < 0 || /^(agent|conference|extension):/i.test(address)) return address
  return address.slice(0, at).replace(/:.*$/, '') + address.slice(at)
}

const toText = ({ user, host }: Exclude<ReadTarget, { wrong: string }>) =>
  host === undefined ? user : `${user}@${host}`

/** The first link among the arguments of a start. */
export const findLink = (args: readonly string[]): string | undefined => args.find((one) => scheme.test(one))
