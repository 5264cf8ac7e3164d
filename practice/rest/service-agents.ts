// What a plain agent may see: its own things, read only (contract C.10).
import { badRequest, denied, notFound } from '../http/errors.ts'
import { type ApiRequest, type Reply, type Route, route } from '../http/route.ts'
import { listOwn, ownRow, shown, text } from '../http/rows.ts'
import { lookUp } from './contacts.ts'
import { me } from './customer.ts'
import { listTranscribes, startTranscribe } from './transcribes.ts'
import { listTranscripts, readTranscribeId } from './transcripts.ts'

/** Extensions as of sign-in: the token holds the agent's addresses. */
const assigned = ({ who }: ApiRequest) => new Set(who.agent?.addresses.map((address) => address.target))
const path = (rest: string) => `/service_agents${rest}`

export const serviceAgents: Route[] = [
  route('GET', path('/me'), 'agent', (request) => shown(request, me(request))),
  route('PUT', path('/me'), 'agent', (request) => changeMe(request, ['name', 'detail'])),
  route('PUT', path('/me/status'), 'agent', changeStatus),
  route('PUT', path('/me/password'), 'agent', (request) => {
    const agent = me(request)
    if (!text(request.body, 'password')) throw badRequest('There is no password.')
    request.world.store.passwords.set(agent.id, text(request.body, 'password'))
    return shown(request, agent)
  }),
  route('GET', path('/customer'), 'agent', (request) => {
    const customer = request.world.store.customers.get(request.who.customerId)
    if (!customer) throw notFound('')
    const { id, name, detail, tm_create, tm_update, tm_delete } = customer
    return shown(request, { id, name, detail, tm_create, tm_update, tm_delete })
  }),
  route('GET', path('/extensions'), 'agent', (request) =>
    listOwn(request, request.world.store.extensions, (row) => assigned(request).has(row.id)),
  ),
  route('GET', path('/extensions/:id'), 'agent', (request) => {
    const row = ownRow(request, request.world.store.extensions, 'EXTENSION')
    if (!assigned(request).has(row.id)) throw denied()
    return shown(request, row)
  }),
  route('GET', path('/calls'), 'agent', (request) =>
    listOwn(request, request.world.store.calls, (row) => row.owner_id === request.who.agent?.id),
  ),
  route('GET', path('/calls/:id'), 'agent', (request) => {
    const call = ownRow(request, request.world.store.calls, 'CALL')
    if (call.owner_id !== request.who.agent?.id) throw denied()
    return shown(request, call)
  }),
  route('GET', path('/transcribes'), 'agent', listTranscribes),
  route('POST', path('/transcribes'), 'agent', startTranscribe),
  route('GET', path('/transcripts'), 'agent', (request) =>
    listTranscripts(request, readTranscribeId(request)),
  ),
  route('GET', path('/contacts'), 'agent', (request) => listOwn(request, request.world.store.contacts)),
  route('GET', path('/contacts/lookup'), 'agent', lookUp),
  route('GET', path('/contacts/:id'), 'agent', (request) =>
    shown(request, ownRow(request, request.world.store.contacts)),
  ),
  route('GET', path('/aicalls'), 'agent', () => ({ body: { result: [], next_page_token: '' } })),
  route('GET', path('/aimessages'), 'agent', () => ({ body: { result: [], next_page_token: '' } })),
]

function changeMe(request: ApiRequest, names: string[]): Reply {
  const given = names.filter((name) => typeof request.body[name] === 'string')
  const fields = Object.fromEntries(given.map((name) => [name, text(request.body, name)]))
  return shown(request, request.world.store.agents.change(me(request), fields))
}

function changeStatus(request: ApiRequest): Reply {
  const known = ['available', 'away', 'busy', 'offline', 'ringing']
  if (!known.includes(text(request.body, 'status'))) throw badRequest('Unknown status.')
  return changeMe(request, ['status'])
}
