// The customer's webhook over REST: read by members, changed by administrators, the rest of the customer left as it is.
import { z } from 'zod'
import { AppError, isUnanswered, toAppError } from '../../common/kit/errors.ts'
import type { Http } from './http.ts'
import type { Platform, WebhookTarget } from './platform.ts'
import { Id, Text } from './wire/values.ts'

/** As it stands there, the empty text too; what is not told is not sent back. */
const Given = z.string().optional().catch(undefined)

/** The seven fields that a change carries; `webhook_secret` is not read at all (contract B.4). */
const WireWebhook = z.object({
  id: Id,
  name: Given,
  detail: Given,
  email: Given,
  phone_number: Given,
  address: Given,
  webhook_method: Text,
  webhook_uri: Text,
})

export function createWebhook(http: Http): Platform['webhook'] {
  const read = () => http.request({ method: 'GET', path: '/customer' }, WireWebhook)
  return {
    get: async () => toTarget(await read()),
    async set(target) {
      const { id: _, ...known } = await read()
      const before = toTarget(known)
      // The published API requires all seven, the guides send two: all of them, as they are now, satisfy both.
      const body = { ...known, webhook_method: target.method, webhook_uri: target.uri }
      try {
        return {
          before,
          now: toTarget(await http.request({ method: 'PUT', path: '/customer', body }, WireWebhook)),
        }
      } catch (thrown) {
        const error = toAppError(thrown)
        if (error.code === 'account.notPermitted') throw notAdmin(error)
        // No answer does not mean that nothing was changed (contract B.5).
        const now = isUnanswered(error) ? toTarget(await read()) : before
        if (!isSame(now, target)) throw error
        return { before, now }
      }
    },
  }
}

const toTarget = (
  wire: Pick<z.output<typeof WireWebhook>, 'webhook_method' | 'webhook_uri'>,
): WebhookTarget => ({
  method: wire.webhook_method,
  uri: wire.webhook_uri,
})

const isSame = (one: WebhookTarget, other: WebhookTarget) =>
  one.method === other.method && one.uri === other.uri

function notAdmin(cause: AppError): AppError {
  const { detail, requestId, status } = cause
  return new AppError('webhook.notAdmin', { detail, requestId, status, cause })
}
