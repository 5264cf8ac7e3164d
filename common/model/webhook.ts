// The customer's webhook as people see it, and the local receiver of webhooks.
import { z } from 'zod'
import type { ErrorData } from '../kit/errors.ts'
import { phrase } from '../words/say.ts'

/** As the published API lists them; the guides use POST. */
export const webhookMethods = ['POST', 'PUT', 'GET', 'DELETE'] as const
export const WebhookMethod = z.enum(webhookMethods)
export type WebhookMethod = z.infer<typeof WebhookMethod>

const isWebAddress = (text: string) =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)

/** Empty: nothing is delivered. */
export const WebhookUri = z
  .string()
  .trim()
  .max(2_000, phrase('at most 2,000 characters').text)
  .refine(
    (text) => text === '' || isWebAddress(text),
    phrase('must be an address that begins with https:// or http://').text,
  )

/** What a person wants. */
export const NewWebhook = z.object({ method: WebhookMethod, uri: WebhookUri })
export type NewWebhook = z.infer<typeof NewWebhook>

/** What is set. `uri` is shown without the secrets that it may hold; main keeps those. */
export interface ShownWebhook {
  /** As the platform says it: it may be none of ours. */
  method: string
  uri: string
  hasSecret: boolean
}

/**
 *   unread → reading ⇄ ready ⇄ changing
 *               ↓          ↓
 *             failed ←─────┘
 */
export type CustomerWebhook =
  | { status: 'unread' }
  | ({ status: 'reading' | 'changing' } & Partial<KnownWebhook>)
  | ({ status: 'ready' } & KnownWebhook)
  | ({ status: 'failed'; error: ErrorData } & Partial<KnownWebhook>)

export interface KnownWebhook {
  now: ShownWebhook
  readAt: number
  /** What this companion replaced, and when; kept over a restart. */
  before?: (ShownWebhook & { at: number }) | undefined
}

/** `localNetwork` listens to every machine that reaches this one; port 0 takes a free one. */
export const ReceiverSettings = z.object({
  port: z.number().int().min(0).max(65_535).default(0),
  reach: z.enum(['thisMachine', 'localNetwork']).default('thisMachine'),
})
export type ReceiverSettings = z.infer<typeof ReceiverSettings>

/**
 *   off → starting → listening → off
 *            ↓
 *          failed
 */
export type Receiver =
  | { status: 'off' }
  | { status: 'starting' }
  | ({ status: 'listening' } & Listening)
  | { status: 'failed'; error: ErrorData }

export interface Listening {
  /** For `webhook_uri`, as far as this machine knows itself: `http://127.0.0.1:4711/voipbin/events`. */
  address: string
  reach: ReceiverSettings['reach']
  since: number
  counts: ReceiverCounts
  lastAt?: number | undefined
  /** How much later than the event socket webhooks came; negative where they were first. */
  behindSocket?: { count: number; medianMs: number } | undefined
}

export interface ReceiverCounts {
  /** Different events. */
  events: number
  /** Further tries of the same ones: shown, not applied again. */
  again: number
  /** Events among those that no event socket told. */
  onlyHere: number
  /** Wrong path, wrong method, no JSON, too large, too slow. */
  refused: number
}

export const noDeliveries: ReceiverCounts = { events: 0, again: 0, onlyHere: 0, refused: 0 }
