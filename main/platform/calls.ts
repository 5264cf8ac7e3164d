// Calls and groupcalls over REST (contract C.3, C.4). Placing is never repeated: there is no idempotency key (B.5).
import type { Address } from '../../common/model/call.ts'
import type { Http } from './http.ts'
import { listAll } from './pages.ts'
import type { PlaceCall, Platform } from './platform.ts'
import { PlacedCalls, WireCall, WireGroupcall } from './wire/calls.ts'

export function createCalls(http: Http, agentOnly: boolean): Platform['calls'] {
  const readable = agentOnly ? '/service_agents/calls' : '/calls'
  return {
    place: (input) => http.request({ method: 'POST', path: '/calls', body: toBody(input) }, PlacedCalls),
    get: (id) => http.request({ method: 'GET', path: `${readable}/${id}` }, WireCall),
    list: (pageSize = 20) => listAll(http, { path: readable, row: WireCall, only: pageSize }),
    hangUp: (id) => http.send({ method: 'POST', path: `/calls/${id}/hangup` }),
  }
}

export function createGroupcalls(http: Http): Platform['groupcalls'] {
  return {
    get: (id) => http.request({ method: 'GET', path: `/groupcalls/${id}` }, WireGroupcall),
    list: (pageSize = 20) => listAll(http, { path: '/groupcalls', row: WireGroupcall, only: pageSize }),
    hangUp: (id) => http.send({ method: 'POST', path: `/groupcalls/${id}/hangup` }),
  }
}

function toBody({ source, destinations, actions }: PlaceCall) {
  return { source: toWire(source), destinations: destinations.map(toWire), actions }
}

function toWire({ type, target, targetName }: Partial<Address>) {
  return {
    type,
    ...(target === undefined ? {} : { target }),
    ...(targetName === undefined ? {} : { target_name: targetName }),
  }
}
