// Small values as the platform writes them: nil UUIDs, missing texts, lists that are null (contract B.7).
import { z } from 'zod'

const nilId = '00000000-0000-0000-0000-000000000000'

/** An unset UUID is present as the nil one: nothing. */
export function toId(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value !== nilId ? value : undefined
}

/** The id of the row itself: without it the row is of no use. */
export const Id = z.string().refine((value) => toId(value) !== undefined, 'has no id')
export const Text = z.string().catch('')
export const OptionalId = z.unknown().optional().transform(toId)
export const Ids = z
  .array(z.unknown())
  .catch([])
  .transform((list) => list.map(toId).filter((id) => id !== undefined))
/** A text, or nothing for the empty one. */
export const OptionalText = z
  .unknown()
  .optional()
  .transform((v) => (typeof v === 'string' && v !== '' ? v : undefined))
