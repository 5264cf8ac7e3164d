// Who the callers are: numbers as people write them, contacts of the customer, own extensions (contract C.9, F.3). Asked while
// it rings already; kept in memory only, and not for long.
import { readNumber } from '../../common/kit/phone-number.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { Slice } from '../../common/kit/slice.ts'
import type { SignedIn } from '../../common/model/account.ts'
import { type People, type Person, toKnownUser } from '../../common/model/caller.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import { may } from '../../common/model/roles.ts'
import type { Platform } from '../platform/platform.ts'

export interface PeopleFeature {
  /** Looks somebody up who is called from here. */
  know(user: string): void
  /** Somebody else is here now: what was found for the one before is not theirs. */
  leave(): void
}

interface PeopleParts {
  slice: Slice<People>
  phone: { getState(): PhoneState; subscribe(listener: () => void): () => void }
  platform(): Pick<Platform, 'contacts' | 'extensions'>
  signedIn(): SignedIn | undefined
  log: { debug(message: string, more?: unknown): void }
  now?: () => number
}

const most = 200
/** Somebody found, nobody found, not answered. */
const freshMs = { found: 600_000, nobody: 120_000, failed: 30_000 }
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

export function createPeople(scope: Scope, parts: PeopleParts): PeopleFeature {
  const { slice, phone, signedIn, platform, log, now = Date.now } = parts
  /** User → until when nobody has to be asked; the one looked at last is the last. */
  const asked = new Map<string, number>()
  let generation = 0

  const put = (user: string, person: Person) => {
    const all = Object.entries({ ...slice.get(), [user]: { ...slice.get()[user], ...person } })
    slice.set(Object.fromEntries(all.slice(-most)))
  }
  /** Nothing: there is nobody, or whoever is signed in may not know. */
  const find = async (user: string, e164: string | undefined): Promise<string | undefined> => {
    if (e164 !== undefined) return (await platform().contacts.lookUp(e164))?.name
    const who = signedIn()
    if (!uuid.test(user) || !who || !may(who, 'extensions')) return undefined
    const extension = await platform().extensions.get(user)
    return extension.extension || extension.name
  }
  const ask = async (user: string, e164: string | undefined) => {
    const own = generation
    const keep = (ms: number) => {
      asked.delete(user)
      asked.set(user, now() + ms)
      if (asked.size > most) asked.delete(asked.keys().next().value ?? '')
    }
    keep(freshMs.failed)
    try {
      const name = await find(user, e164)
      if (own !== generation || scope.ended) return
      keep(name ? freshMs.found : freshMs.nobody)
      if (name !== slice.get()[user]?.name) put(user, { name })
    } catch (error) {
      log.debug('a caller could not be looked up', error)
    }
  }
  const know = (user: string) => {
    const number = readNumber(user)
    if (number && slice.get()[user]?.shown !== number.shown) put(user, { shown: number.shown })
    if (signedIn() && (asked.get(user) ?? 0) <= now()) void ask(user, number?.e164)
  }
  const look = () => {
    for (const { remote, status } of phone.getState().sessions) {
      const user = toKnownUser(remote)
      if (user !== '' && status !== 'ended') know(user)
    }
  }
  scope.add(phone.subscribe(look))
  look()
  return {
    know,
    leave() {
      generation++
      asked.clear()
      slice.set({})
    },
  }
}
