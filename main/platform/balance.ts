// The balance of the customer, for those who may see it (contract B.4, C.9, H: one of its guides names another path).
import { toAppError } from '../../common/kit/errors.ts'
import { readClaims, toRole } from './claims.ts'
import type { Http } from './http.ts'
import type { Credential, Platform } from './platform.ts'
import { WireBalance } from './wire/account.ts'

export function createBalance(http: Http, credential: () => Credential): Platform['balance'] {
  return async () => {
    if (!mayRead(credential())) return undefined
    return http.request({ method: 'GET', path: '/billing_account' }, WireBalance).catch((thrown: unknown) => {
      // 403 is normal for others.
      if (toAppError(thrown).code !== 'account.notPermitted') throw thrown
      return undefined
    })
  }
}

/** A token that says that it may not is not asked with; one that says nothing is. */
function mayRead(credential: Credential): boolean {
  if (credential.kind === 'accessKey') return true
  const claims = readClaims(credential.token)
  return !claims || ['admin', 'superAdmin'].includes(toRole(claims.permission))
}
