// The customer, who one is, and the balance (contract B.4, C.9).
import { badRequest, notFound } from '../http/errors.ts'
import { type ApiRequest, type Route, route } from '../http/route.ts'
import { shown, text } from '../http/rows.ts'
import type { Customer } from '../store/resources.ts'

const own = (request: ApiRequest): Customer => {
  const customer = request.world.store.customers.get(request.who.customerId)
  if (!customer) throw notFound('')
  return customer
}

/** The agent as it is now; the token holds it as it was at sign-in. */
export const me = (request: ApiRequest) => {
  const agent = request.world.store.agents.get(request.who.agent?.id ?? '')
  if (!agent) throw notFound('')
  return agent
}

export const customer: Route[] = [
  route('GET', '/customer', 'member', (request) => shown(request, toShown(own(request)))),
  route('PUT', '/customer', 'admin', (request) => {
    const row = own(request)
    const { body } = request
    const editable = ['name', 'detail', 'email', 'phone_number', 'address', 'webhook_method', 'webhook_uri']
    const { wholeOnly } = request.world.dialect.customer
    const fields = editable.filter((name) => wholeOnly || typeof body[name] === 'string')
    const change = Object.fromEntries(fields.map((name) => [name, text(body, name)]))
    const method = change.webhook_method
    if (method !== undefined && !['', 'POST', 'GET', 'PUT', 'DELETE'].includes(method))
      throw badRequest('The method of a webhook is POST, GET, PUT or DELETE.')
    return shown(request, toShown(request.world.store.customers.change(row, change)))
  }),
  route('GET', '/customers', 'nobody', () => ({})),
  route('GET', '/customers/:id', 'nobody', () => ({})),
  route('GET', '/me', 'self', (request) => shown(request, me(request))),
  route('GET', '/billing_account', 'admin', (request) => {
    const [account] = request.world.store.billingAccounts.all(
      (row) => row.customer_id === request.who.customerId,
    )
    if (!account) throw notFound('')
    return shown(request, account)
  }),
  route('GET', '/billing_accounts', 'nobody', () => ({})),
  route('GET', '/billing_accounts/:id', 'nobody', () => ({})),
]

/** A customer is its own; it has no customer id of another kind. */
function toShown({ customer_id: _, ...rest }: Customer) {
  return rest
}
