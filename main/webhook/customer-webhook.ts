// The customer's webhook: read, changed by administrators, and put back. Its full address stays in main.
import { z } from 'zod'
import { AppError, toAppError } from '../../common/kit/errors.ts'
import { redactAddress } from '../../common/kit/redact.ts'
import type { Slice } from '../../common/kit/slice.ts'
import type { SignedIn } from '../../common/model/account.ts'
import { may } from '../../common/model/roles.ts'
import type { CustomerWebhook, KnownWebhook, NewWebhook, ShownWebhook } from '../../common/model/webhook.ts'
import type { SecretStore } from '../host.ts'
import type { Platform, WebhookTarget } from '../platform/platform.ts'

export interface CustomerWebhookFeature {
  look(): Promise<void>
  change(wanted: NewWebhook): Promise<void>
  /** Puts back what the last change replaced; pressed twice, it is the change again. */
  restore(): Promise<void>
  /** Of whoever signs out: what was replaced is kept no longer. */
  forget(who: SignedIn | undefined): Promise<void>
  /** Somebody else is here now. */
  leave(): void
}

export interface CustomerWebhookParts {
  slice: Slice<CustomerWebhook>
  platform(): Platform
  signedIn(): SignedIn | undefined
  /** What was replaced outlives a restart: an address may hold a secret, so not in the settings. */
  secrets: SecretStore
  now?: () => number
}

const Before = z.object({ method: z.string(), uri: z.string(), at: z.number() })
type Before = z.infer<typeof Before>

export function createCustomerWebhook(parts: CustomerWebhookParts): CustomerWebhookFeature {
  const { slice } = parts
  const now = parts.now ?? Date.now
  /** Grows when somebody else signs in: an answer for the one before is dropped. */
  let generation = 0
  let before: Before | undefined

  const known = (): Partial<KnownWebhook> => {
    const state = slice.get()
    if (state.status === 'unread' || state.now === undefined || state.readAt === undefined) return {}
    return { now: state.now, readAt: state.readAt, before: state.before }
  }
  const show = (target: WebhookTarget) =>
    slice.set({
      status: 'ready',
      now: toShown(target),
      readAt: now(),
      ...(before === undefined ? {} : { before: { ...toShown(before), at: before.at } }),
    })
  /** One piece of work, with its beginning and its failure in the state. */
  const work = async (status: 'reading' | 'changing', run: () => Promise<WebhookTarget>) => {
    const own = generation
    slice.set({ ...known(), status })
    try {
      const target = await run()
      if (own === generation) show(target)
    } catch (thrown) {
      const error = toAppError(thrown)
      if (own === generation) slice.set({ ...known(), status: 'failed', error: error.toData() })
      throw error
    }
  }
  const keep = async (replaced: WebhookTarget) => {
    before = { ...replaced, at: now() }
    const name = keyName(parts.signedIn())
    if (name !== undefined) await parts.secrets.set(name, JSON.stringify(before)).catch(() => {})
  }
  const change = (wanted: WebhookTarget) =>
    work('changing', async () => {
      const who = parts.signedIn()
      // The platform would refuse it, too; this says it in words (contract B.4, I.10).
      if (who && !may(who, 'webhooks'))
        throw new AppError('webhook.notAdmin', { detail: `signed in as ${who.role}` })
      const own = generation
      const changed = await parts.platform().webhook.set(wanted)
      if (own === generation && !isSame(changed.before, changed.now)) await keep(changed.before)
      return changed.now
    })

  /** Throws `app.stopped` when somebody else is here by then: it was of another customer. */
  const remember = async () => {
    const own = generation
    const found = before ?? (await readBefore(parts.secrets, keyName(parts.signedIn())))
    if (own !== generation) throw new AppError('app.stopped', { detail: 'signed out meanwhile' })
    before = found
  }

  return {
    look: () =>
      work('reading', async () => {
        const platform = parts.platform()
        await remember()
        return platform.webhook.get()
      }),
    change: ({ method, uri }) => change({ method, uri }),
    async restore() {
      await remember()
      if (!before) throw new AppError('webhook.noPrevious')
      const { method, uri } = before
      await change({ method, uri })
    },
    async forget(who) {
      const name = keyName(who)
      if (name !== undefined) await parts.secrets.delete(name)
    },
    leave() {
      generation++
      before = undefined
      slice.set({ status: 'unread' })
    },
  }
}

const isSame = (one: WebhookTarget, other: WebhookTarget) =>
  one.method === other.method && one.uri === other.uri

/** Masked where it holds something that looks like a secret. */
function toShown({ method, uri }: WebhookTarget): ShownWebhook {
  const shown = redactAddress(uri)
  return { method, uri: shown, hasSecret: shown !== uri }
}

const keyName = (who: SignedIn | undefined) => who && `webhook before:${who.apiUrl} ${who.customerId}`

async function readBefore(secrets: SecretStore, name: string | undefined): Promise<Before | undefined> {
  const text = name === undefined ? undefined : await secrets.get(name).catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return Before.parse(JSON.parse(text))
  } catch {
    // Written by something else: as good as nothing.
    return undefined
  }
}
