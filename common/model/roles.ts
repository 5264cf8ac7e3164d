// What each role may do on the platform (contract B.4, C.10). What it may not do is not offered, and says why.
import type { Phrase } from '../words/placeholders.ts'
import { phrase, say } from '../words/say.ts'
import type { Account, SignedIn } from './account.ts'

/** An access key acts as administrator of its customer, but is nobody: it has no agent (contract B.2). */
export type Standing = 'agent' | 'manager' | 'admin' | 'accessKey'

interface AbilityRow {
  /** Begins a sentence: “Placing calls through the platform needs …”. */
  readonly title: Phrase
  readonly may: readonly Standing[]
  /** What is left to whoever may not. */
  readonly instead?: Phrase
}

const everybody = ['agent', 'manager', 'admin', 'accessKey'] as const
const people = ['agent', 'manager', 'admin'] as const
const managers = ['manager', 'admin', 'accessKey'] as const
const admins = ['admin', 'accessKey'] as const

export const abilities = {
  phone: { title: phrase('Answering and dialling with the phone'), may: everybody },
  ownCalls: { title: phrase('Hearing of one’s own calls and reading their transcripts'), may: everybody },
  self: {
    title: phrase('Reading one’s own agent'),
    may: people,
    instead: phrase('An access key belongs to the customer, not to a person.'),
  },
  placeCalls: {
    title: phrase('Placing calls through the platform'),
    may: managers,
    instead: phrase('Calls to it ring here, and its phone can dial.'),
  },
  speak: { title: phrase('Speaking by typing'), may: managers },
  allCalls: {
    title: phrase('Hearing of all calls of the customer'),
    may: managers,
    instead: phrase('Calls that belong to it are shown.'),
  },
  extensions: {
    title: phrase('Creating, renewing or removing an extension'),
    may: managers,
    instead: phrase('The one that is assigned to it is used.'),
  },
  numbers: { title: phrase('Seeing the telephone numbers'), may: managers },
  accessKeys: { title: phrase('Seeing, creating or deleting access keys'), may: admins },
  webhooks: { title: phrase('Changing the webhook of the customer'), may: admins },
  balance: { title: phrase('Seeing the balance'), may: admins },
} as const satisfies Record<string, AbilityRow>

export type Ability = keyof typeof abilities
export const abilityNames = Object.keys(abilities) as Ability[]

/** A project super admin may do what an administrator may, and more that is not offered here. */
export function toStanding({ role, agentId, credential }: StandingParts): Standing {
  if (role === 'agent' || role === 'manager') return role
  return credential === 'accessKey' && agentId === undefined ? 'accessKey' : 'admin'
}
type StandingParts = Pick<SignedIn, 'role' | 'agentId' | 'credential'>

export function may(who: StandingParts, ability: Ability): boolean {
  const row: AbilityRow = abilities[ability]
  return row.may.includes(toStanding(who))
}

/** `Seeing the balance needs the admin permission.` And what is left without it. */
export function toNeeds(ability: Ability): string {
  const row: AbilityRow = abilities[ability]
  const needs = say('{title} needs {needed}.', { title: row.title, needed: toNeeded(row.may) })
  return row.instead ? `${needs} ${say(row.instead)}` : needs
}

/** One sentence for whoever is signed in and may not; nothing for everybody else. */
export function whyNot(account: Account, ability: Ability): string | undefined {
  if (account.status !== 'signedIn' || may(account, ability)) return undefined
  const row: AbilityRow = abilities[ability]
  const standing = toStanding(account)
  const why = say('{title} needs {needed}; {standing}.', {
    title: row.title,
    needed: toNeeded(row.may),
    standing: standingWords[standing],
  })
  return row.instead ? `${why} ${say(row.instead)}` : why
}

function toNeeded(who: readonly Standing[]): Phrase {
  if (who.includes('manager') && !who.includes('accessKey')) return phrase('a user name and password')
  return who.includes('manager') ? phrase('the manager or admin permission') : phrase('the admin permission')
}

const standingWords: Record<Standing, Phrase> = {
  agent: phrase('this account is an agent'),
  manager: phrase('this account is a manager'),
  admin: phrase('this account is an administrator'),
  accessKey: phrase('this is an access key'),
}

export const standingNames: Record<Standing, Phrase> = {
  agent: phrase('Agent'),
  manager: phrase('Manager'),
  admin: phrase('Administrator'),
  accessKey: phrase('Administrator'),
}
