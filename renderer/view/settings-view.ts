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
import { phrase, say } from '../../common/words/say.ts'
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
const credentials = {
  accessKey: phrase('Access key'),
  password: phrase('User name and password'),
  token: phrase('Token'),
}

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
      { label: say('Customer'), value: account.customerName ?? say('without a name') },
      { label: say('Customer id'), value: account.customerId, mono: true },
      ...(account.username ? [{ label: say('User'), value: account.username }] : []),
      { label: say('Role'), value: say(standingNames[toStanding(account)]) },
      { label: say('Signed in with'), value: say(credentials[account.credential]) },
      {
        label: say('Expires'),
        value:
          account.expiresAt === undefined
            ? say('not told by the platform')
            : toMoment(account.expiresAt, now),
      },
      {
        label: say('Kept in'),
        value:
          account.kept === 'kept'
            ? say('the key store of this system')
            : say('memory only: you sign in again next time'),
      },
      { label: say('Server'), value: account.apiUrl, mono: true },
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
    return { allowed, text: allowed ? say(title) : toNeeds(name) }
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
  found: phrase('found on the platform'),
  created: phrase('created on the platform'),
  rotated: phrase('its password was renewed'),
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
    outcome: ready && say(extensionOutcomes[ready.outcome]),
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
  if (!parsed.success) return { wrong: firstIssue(parsed) ?? say('not valid') }
  // Without one a browser would refuse it, and every call with it.
  if (parsed.data.urls.startsWith('turn') && parsed.data.username === undefined)
    return { wrong: say('A TURN server needs a user name and a password') }
  return { server: parsed.data }
}

function firstIssue(result: z.ZodSafeParseResult<unknown>): string | undefined {
  if (result.success) return undefined
  // A union reports its branches; the last one is the rule, the first the empty text.
  const issue = result.error.issues[0]
  const inner = issue?.code === 'invalid_union' ? issue.errors.at(-1)?.[0]?.message : undefined
  const message = say(inner ?? issue?.message ?? 'not valid')
  return message.charAt(0).toUpperCase() + message.slice(1)
}
