// Customer, agent, extension, number and sign-in on the wire → what features see (contract B, C.1, C.2).
import { z } from 'zod'
import type { WireAccessKey, WireExtension } from '../platform.ts'
import { OptionalTime } from './times.ts'
import { Id, OptionalId, OptionalText, Text } from './values.ts'

/** Nothing but these: `webhook_secret` ends here (contract B.4). */
export const WireCustomer = z
  .object({ id: Id, name: Text, status: Text, tm_deletion_scheduled: OptionalTime })
  .transform(({ tm_deletion_scheduled, ...wire }) => ({ ...wire, deletionAskedAt: tm_deletion_scheduled }))

export const WireAgent = z
  .object({ id: Id, customer_id: OptionalId, username: Text, permission: z.number().catch(0) })
  .transform((wire) => ({
    id: wire.id,
    customerId: wire.customer_id ?? '',
    username: wire.username,
    permission: wire.permission,
  }))

export const WireExtensionRow = z
  .object({
    id: Id,
    extension: Text,
    // The oldest of the platform's guides calls it so (contract H).
    username: Text,
    name: Text,
    detail: Text,
    password: Text,
    tm_create: OptionalTime,
  })
  .transform(
    (wire): WireExtension => ({
      id: wire.id,
      extension: wire.extension || wire.username,
      name: wire.name,
      detail: wire.detail,
      password: wire.password,
      createdAt: wire.tm_create,
    }),
  )

/** In millionths of a dollar (contract C.9). */
export const WireBalance = z
  .object({ plan_type: Text, balance_credit: z.number() })
  .transform((wire) => ({ plan: wire.plan_type, credit: wire.balance_credit / 1_000_000 }))

export const WireNumber = z.object({ id: Id, number: Text, name: Text, type: Text, status: Text })

export const SignedInAnswer = z.object({ token: z.string().min(1) })

export const WireAccessKeyRow = z
  .object({ id: Id, name: Text, token_prefix: Text, tm_expire: OptionalTime, tm_create: OptionalTime })
  .transform(
    (wire): WireAccessKey => ({
      id: wire.id,
      name: wire.name,
      prefix: wire.token_prefix,
      createdAt: wire.tm_create,
      expiresAt: wire.tm_expire,
    }),
  )

/** Without its token a key is of no use: then it is not one. */
export const WireNewAccessKey = z
  .object({ id: Id, token: z.string().min(1) })
  .transform(({ id, token }) => ({ id, token }))

/** Either flow's answer, also the empty one; the name of the key's field is not written alike everywhere. */
export const SignUpAnswer = z
  .object({
    temp_token: OptionalText,
    accesskey: z.object({ token: OptionalText }).nullish().catch(undefined),
  })
  .transform((wire) => ({ tempToken: wire.temp_token, accessKey: wire.accesskey?.token }))
