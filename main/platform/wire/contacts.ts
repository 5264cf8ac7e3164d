// A contact on the wire → whom we show (contract C.9). Unknown fields pass; the rest of a contact is none of our business.
import { z } from 'zod'
import { toCleanName } from '../../../common/model/caller.ts'
import { Text } from './values.ts'

export const WireContact = z
  .object({ display_name: Text, first_name: Text, last_name: Text, company: Text })
  .transform(({ display_name, first_name, last_name, company }) => {
    const name = display_name.trim() || [first_name, last_name].filter(Boolean).join(' ').trim() || company
    return { name: toCleanName(name) }
  })
