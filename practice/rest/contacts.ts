// Looks a person up by number or e-mail (contract C.9).
import { badRequest, notFound } from '../http/errors.ts'
import { type ApiRequest, type Reply, type Route, route } from '../http/route.ts'
import { shown } from '../http/rows.ts'

export const contacts: Route[] = [route('GET', '/contacts/lookup', 'member', lookUp)]

export function lookUp(request: ApiRequest): Reply {
  const target = request.query.get('phone') ?? request.query.get('email')
  if (!target) throw badRequest('phone or email is required.', 'MISSING_REQUEST_PARAMETER')
  const [contact] = request.world.store.contacts.all(
    (row) =>
      row.customer_id === request.who.customerId &&
      row.addresses.some((address) => address.target === target),
  )
  if (!contact) throw notFound('')
  return shown(request, contact)
}
