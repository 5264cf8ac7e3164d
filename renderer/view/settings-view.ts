// Parts of Settings as snapshots: account and extension, and how a text becomes a setting.
import type { z } from 'zod'
import type { ErrorData } from '../../common/kit/errors.ts'
import type { AppState } from '../../common/model/app-state.ts'
import { toCustomerTrouble } from '../../common/model/customer-trouble.ts'
import {
  abilities,
  abilityNames,
  may,
  standingNames,
  toNeeds,
  toStanding,
  whyNot,
} from '../../common/model/roles.ts'
import { IceServer, Settings } from '../../common/model/settings.ts'
import type { Actions } from './actions.ts'
import { toMoment } from './format.ts'

export interface AccountView {
  status: 'signedOut' | 'signingIn' | 'signedIn' | 'refused' | 'expired'
  facts: { label: string; value: string; mono?: boolean }[]
  error: ErrorData | undefined
  signOut: (() => void) | undefined
  /** It will end by itself, so it can be renewed before. */
  renewable: boolean
  /** Why calls are refused: the address is not confirmed yet, or the account is to be deleted. */
  trouble: ErrorData | undefined
  check: (() => void) | undefined
}

const notSignedIn = {
  facts: [],
  signOut: undefined,
  renewable: false,
  trouble: undefined,
  check: undefined,
}
const credentials = { accessKey: 'Access key', password: 'User name and password', token: 'Token' }

export function toAccount(app: AppState, actions: Actions, now: number): AccountView {
  const { account } = app
  if (account.status === 'signedOut' || account.status === 'signingIn') {
    return { ...notSignedIn, status: account.status, error: undefined }
  }
  if (account.status !== 'signedIn') {
    // Practice has its own way in, every time.
    const again = account.status === 'expired' && app.settings.environment !== 'practice'
    if (!again) return { ...notSignedIn, status: 'refused', error: account.error }
    // For whoever is somebody else.
    const signOut = () => void actions.ask('account.signOut', {})
    return { ...notSignedIn, status: 'expired', error: account.error, signOut }
  }
  const trouble = toCustomerTrouble(account)?.toData()
  return {
    status: 'signedIn',
    facts: [
      { label: 'Customer', value: account.customerName ?? 'without a name' },
      { label: 'Customer id', value: account.customerId, mono: true },
      ...(account.username ? [{ label: 'User', value: account.username }] : []),
      { label: 'Role', value: standingNames[toStanding(account)] },
      { label: 'Signed in with', value: credentials[account.credential] },
      {
        label: 'Expires',
        value:
          account.expiresAt === undefined ? 'not told by the platform' : toMoment(account.expiresAt, now),
      },
      {
        label: 'Kept in',
        value:
          account.kept === 'kept'
            ? 'the key store of this system'
            : 'memory only: you sign in again next time',
      },
      { label: 'Server', value: account.apiUrl, mono: true },
    ],
    error: undefined,
    signOut: () => void actions.ask('account.signOut', {}),
    renewable: account.expiresAt !== undefined,
    trouble,
    check: trouble ? () => void actions.ask('account.look', {}) : undefined,
  }
}

export interface AbilityView {
  allowed: boolean
  /** What; and for whoever may not, what it needs. */
  text: string
}

/** What the role of whoever is signed in allows on the platform, and what not (contract B.4). */
export function toAbilities({ account }: Pick<AppState, 'account'>): AbilityView[] {
  if (account.status !== 'signedIn') return []
  return abilityNames.map((name) => {
    const { title } = abilities[name]
    const allowed = may(account, name)
    return { allowed, text: allowed ? title : `${title} ${toNeeds(name)}` }
  })
}

export interface ExtensionView {
  busy: boolean
  value: string | undefined
  domain: string | undefined
  outcome: string | undefined
  error: ErrorData | undefined
  provision: (() => void) | undefined
  rotate: (() => void) | undefined
  remove: (() => void) | undefined
  /** Why an extension can neither be made, renewed nor removed. */
  fixed: string | undefined
}

const extensionOutcomes = {
  found: 'found on the platform',
  created: 'created on the platform',
  rotated: 'its password was renewed',
}

export function toExtension(app: AppState, actions: Actions): ExtensionView {
  const { extension, account } = app
  const ready = extension.status === 'ready' ? extension : undefined
  const busy = extension.status === 'provisioning'
  const signedIn = account.status === 'signedIn'
  const closed = whyNot(account, 'extensions')
  const change = signedIn && ready && closed === undefined
  return {
    busy,
    value: ready?.extension,
    domain: ready?.domain,
    outcome: ready && extensionOutcomes[ready.outcome],
    error: extension.status === 'failed' ? extension.error : undefined,
    provision: signedIn && !ready && !busy ? () => void actions.ask('extension.provision', {}) : undefined,
    rotate: change ? () => void actions.ask('extension.rotate', {}) : undefined,
    remove: change ? () => void actions.ask('extension.remove', {}) : undefined,
    fixed: closed,
  }
}

type TextSetting = 'apiUrl' | 'baseDomain' | 'extension' | 'edgeUrl' | 'caFile' | 'language' | 'sayText'

/** What is wrong with a text, in words, or nothing. */
export function checkText(name: TextSetting, text: string): string | undefined {
  return firstIssue(Settings.shape[name].safeParse(text))
}

export type NewIceServer = { urls: string; username: string }

export function parseIceServer(input: NewIceServer): { server?: IceServer; wrong?: string } {
  const parsed = IceServer.safeParse({
    urls: input.urls.trim(),
    ...(input.username.trim() ? { username: input.username.trim() } : {}),
  })
  if (!parsed.success) return { wrong: firstIssue(parsed) ?? 'not valid' }
  // Without one a browser would refuse it, and every call with it.
  if (parsed.data.urls.startsWith('turn') && parsed.data.username === undefined)
    return { wrong: 'A TURN server needs a user name and a password' }
  return { server: parsed.data }
}

function firstIssue(result: z.ZodSafeParseResult<unknown>): string | undefined {
  if (result.success) return undefined
  // A union reports its branches; the last one is the rule, the first the empty text.
  const issue = result.error.issues[0]
  const inner = issue?.code === 'invalid_union' ? issue.errors.at(-1)?.[0]?.message : undefined
  const message = inner ?? issue?.message ?? 'not valid'
  return message.charAt(0).toUpperCase() + message.slice(1)
}
