// Customer, agent, extension, number and sign-in on the wire → what features see (contract B, C.1, C.2).
import { z } from 'zod'
import type { WireExtension } from '../platform.ts'
import { OptionalTime } from './times.ts'
import { Id, OptionalId, Text } from './values.ts'

/** Nothing but these three: `webhook_secret` ends here (contract B.4). */
export const WireCustomer = z.object({ id: Id, name: Text, status: Text })

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

export const WireNumber = z.object({ id: Id, number: Text, type: Text, status: Text })

export const SignedInAnswer = z.object({ token: z.string().min(1) })
