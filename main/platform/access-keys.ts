// Access keys over REST (contract B.2): for admins; the token is in the answer to the creation and nowhere else.
import type { Http } from './http.ts'
import { listAll } from './pages.ts'
import type { Platform } from './platform.ts'
import { WireAccessKeyRow, WireNewAccessKey } from './wire/account.ts'

export function createAccessKeys(http: Http): Platform['accessKeys'] {
  return {
    list: () => listAll(http, { path: '/accesskeys', row: WireAccessKeyRow }),
    create: ({ name, expireSeconds }) => {
      // Absent is never: a zero would be read as one second by some, as never by others.
      const body = { name, detail: 'VoIPBIN Companion', expire: expireSeconds }
      return http.request({ method: 'POST', path: '/accesskeys', body }, WireNewAccessKey)
    },
    remove: (id) => http.send({ method: 'DELETE', path: `/accesskeys/${id}` }),
  }
}
