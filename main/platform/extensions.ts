// Extensions and numbers over REST (contract C.1, C.2).
import type { Http } from './http.ts'
import { listAll } from './pages.ts'
import type { Platform } from './platform.ts'
import { WireExtensionRow, WireNumber } from './wire/account.ts'

export function createExtensions(http: Http, agentOnly: boolean): Platform['extensions'] {
  const readable = agentOnly ? '/service_agents/extensions' : '/extensions'
  return {
    list: () => listAll(http, { path: readable, row: WireExtensionRow }),
    get: (id) => http.request({ method: 'GET', path: `${readable}/${id}` }, WireExtensionRow),
    // `name` is the extension value: callers that dial by name and by value then both ring us (contract C.1).
    create: ({ extension, password, detail }) =>
      http.request(
        { method: 'POST', path: '/extensions', body: { extension, name: extension, password, detail } },
        WireExtensionRow,
      ),
    update: (id, body) => http.request({ method: 'PUT', path: `/extensions/${id}`, body }, WireExtensionRow),
    remove: (id) => http.send({ method: 'DELETE', path: `/extensions/${id}` }),
  }
}

export function createNumbers(http: Http): Platform['numbers'] {
  return { list: () => listAll(http, { path: '/numbers', row: WireNumber }) }
}
