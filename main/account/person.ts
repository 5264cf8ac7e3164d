// Whether two sign-ins are the same person's: what one has open, the other may go on with.
import type { SignedIn } from '../../common/model/account.ts'

/** An access key has no agent: it is anybody's of its customer who may do as much (contract B.2). */
export function isSamePerson(before: SignedIn, after: SignedIn): boolean {
  if (before.apiUrl !== after.apiUrl || before.customerId !== after.customerId) return false
  if (before.agentId !== undefined && after.agentId !== undefined) return before.agentId === after.agentId
  return true
}

/** A plain agent works through other resources and topics: the client of the one is of no use to the other. */
export function mayTakeOver(before: SignedIn, after: SignedIn): boolean {
  const sameWay = (before.role === 'agent') === (after.role === 'agent')
  if (!sameWay || before.apiUrl !== after.apiUrl || before.customerId !== after.customerId) return false
  return before.role !== 'agent' || before.agentId === after.agentId
}
