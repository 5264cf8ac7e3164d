// Contacts of the customer, looked up by number (contract C.9, C.10).
import { toAppError } from '../../common/kit/errors.ts'
import type { Http } from './http.ts'
import type { Platform } from './platform.ts'
import { WireContact } from './wire/contacts.ts'

export function createContacts(http: Http, agentOnly: boolean): Platform['contacts'] {
  const path = agentOnly ? '/service_agents/contacts/lookup' : '/contacts/lookup'
  return {
    async lookUp(phone) {
      try {
        // Ringing does not wait for it, and whoever waits longer has answered by then.
        return await http.request({ method: 'GET', path, query: { phone }, timeoutMs: 5_000 }, WireContact)
      } catch (thrown) {
        if (toAppError(thrown).code === 'platform.notFound') return undefined
        throw thrown
      }
    },
  }
}
