// Who is on the other side, in words: one order for every place that shows it.
//
//   contact of the customer → what the edge vouches for → what the caller says → the number, as people write it → address
//
// What a caller says is anybody's text: it never hides the address, and never passes for a number.
import { toPlainDigits } from '../kit/digits.ts'
import { say } from '../words/say.ts'
import type { Session } from './phone.ts'

/** What is known of a user part beside what the call says. */
export interface Person {
  /** Name of a contact of the customer, or of an own extension. */
  name?: string | undefined
  /** A telephone number as people write it. */
  shown?: string | undefined
}

/** By the user part of the address. */
export type People = Readonly<Record<string, Person>>

export interface Caller {
  name: string
  /** Empty where the name says it all. */
  address: string
  user: string
  /** Who vouches for the name. */
  by: 'contact' | 'edge' | 'caller' | 'number' | 'nobody'
}

/** Whom to look up: the user that the edge vouches for, where it names another one than the caller does (RFC 3325). */
export function toKnownUser({ user, asserted }: Pick<Session['remote'], 'user' | 'asserted'>): string {
  const isOther = asserted !== undefined && asserted.user !== '' && bare(asserted.user) !== bare(user)
  return isOther ? asserted.user : user
}
const bare = (user: string) => user.replace(/^\+(?=\d)/, '').toLowerCase()

export function toCaller(remote: Session['remote'], people: People = {}): Caller {
  const { user, host, displayName, asserted } = remote
  const real = toKnownUser(remote)
  const person = Object.hasOwn(people, real) ? people[real] : undefined
  const said = toSaidName(displayName, real)
  const vouched = asserted === undefined ? '' : toSaidName(asserted.displayName, real)
  const address = user ? `${user}@${host}` : host
  const as = (name: string, by: Caller['by']): Caller => ({
    name,
    address: address === name ? '' : address,
    user,
    by,
  })
  if (person?.name) return as(person.name, 'contact')
  if (vouched) return as(vouched, 'edge')
  if (said) return as(said, 'caller')
  if (person?.shown) return as(person.shown, 'number')
  return user || host ? as(user || host, 'nobody') : as(say('Unknown caller'), 'nobody')
}

const longest = 80
/** Control characters, and those that are not seen or turn the direction of reading (UAX #9, UTS #39). */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu

/** One line that shows what it holds. */
export function toCleanName(text: string): string {
  const name = text.replace(/\s+/g, ' ').replace(unseen, '').trim()
  return [...name].slice(0, longest).join('')
}

/** What a caller calls itself; nothing where that pretends to be another number. */
function toSaidName(text: string, user: string): string {
  const name = toCleanName(text)
  return isOtherNumber(name, user) ? '' : name
}

/** `+1 800 555 0100` of a caller with another number: the number that counts is the one of the call. */
function isOtherNumber(name: string, user: string): boolean {
  const plain = name.normalize('NFKC')
  const digits = toPlainDigits(plain).replace(/\D/g, '')
  const isNumber = digits.length >= 5 && /^[+\p{Nd}\s()./*#\p{Pd}\u2212]+$/u.test(plain)
  return isNumber && !user.replace(/\D/g, '').endsWith(digits.slice(-15))
}
