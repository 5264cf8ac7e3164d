// What each role may do on the platform (contract B.4, C.10). What it may not do is not offered, and says why.
import type { Account, SignedIn } from './account.ts'

/** An access key acts as administrator of its customer, but is nobody: it has no agent (contract B.2). */
export type Standing = 'agent' | 'manager' | 'admin' | 'accessKey'

interface AbilityRow {
  /** Begins a sentence: “Placing calls through the platform needs …”. */
  readonly title: string
  readonly may: readonly Standing[]
  /** What is left to whoever may not. */
  readonly instead?: string
}

const everybody = ['agent', 'manager', 'admin', 'accessKey'] as const
const people = ['agent', 'manager', 'admin'] as const
const managers = ['manager', 'admin', 'accessKey'] as const
const admins = ['admin', 'accessKey'] as const

export const abilities = {
  phone: { title: 'Answering and dialling with the phone', may: everybody },
  ownCalls: { title: 'Hearing of one’s own calls and reading their transcripts', may: everybody },
  self: {
    title: 'Reading one’s own agent',
    may: people,
    instead: 'An access key belongs to the customer, not to a person.',
  },
  placeCalls: {
    title: 'Placing calls through the platform',
    may: managers,
    instead: 'Calls to it ring here, and its phone can dial.',
  },
  speak: { title: 'Speaking by typing', may: managers },
  allCalls: {
    title: 'Hearing of all calls of the customer',
    may: managers,
    instead: 'Calls that belong to it are shown.',
  },
  extensions: {
    title: 'Creating, renewing or removing an extension',
    may: managers,
    instead: 'The one that is assigned to it is used.',
  },
  numbers: { title: 'Seeing the telephone numbers', may: managers },
  accessKeys: { title: 'Seeing, creating or deleting access keys', may: admins },
  webhooks: { title: 'Changing the webhook of the customer', may: admins },
  balance: { title: 'Seeing the balance', may: admins },
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

/** `needs the admin permission`, and what is left without it. */
export function toNeeds(ability: Ability): string {
  const row: AbilityRow = abilities[ability]
  return [`needs ${toNeeded(row.may)}.`, row.instead].filter(Boolean).join(' ')
}

/** One sentence for whoever is signed in and may not; nothing for everybody else. */
export function whyNot(account: Account, ability: Ability): string | undefined {
  if (account.status !== 'signedIn' || may(account, ability)) return undefined
  const row: AbilityRow = abilities[ability]
  const standing = toStanding(account)
  const why = `${row.title} needs ${toNeeded(row.may)}; ${standingWords[standing]}.`
  return row.instead === undefined ? why : `${why} ${row.instead}`
}

function toNeeded(who: readonly Standing[]): string {
  if (who.includes('manager') && !who.includes('accessKey')) return 'a user name and password'
  return who.includes('manager') ? 'the manager or admin permission' : 'the admin permission'
}

const standingWords: Record<Standing, string> = {
  agent: 'this account is an agent',
  manager: 'this account is a manager',
  admin: 'this account is an administrator',
  accessKey: 'this is an access key',
}

export const standingNames: Record<Standing, string> = {
  agent: 'Agent',
  manager: 'Manager',
  admin: 'Administrator',
  accessKey: 'Administrator',
}
