// Webhooks: every event of a customer as a request to its `webhook_uri`, three tries a second apart (contract E.7, J).
import { createHmac } from 'node:crypto'
import type { Log } from '../../common/kit/log.ts'
import type { Dialect } from '../dialect.ts'
import type { Customer } from '../store/resources.ts'
import type { Timings } from '../world.ts'

export interface Webhooks {
  deliver(type: string, resource: { customer_id: string }): void
  /** Gives up what is under way. */
  close(): void
}

const tries = 3

export function createWebhooks(options: {
  dialect: Dialect
  timings: Pick<Timings, 'webhookAgainMs' | 'webhookLimitMs'>
  customerOf(id: string): Customer | undefined
  log: Log
}): Webhooks {
  const { timings, log } = options
  const closing = new AbortController()

  async function send(customer: Customer, type: string, body: string): Promise<void> {
    const { webhook_uri, webhook_method, webhook_secret } = customer
    const method = webhook_method || 'POST'
    const signature = createHmac('sha256', webhook_secret).update(body).digest('hex')
    for (let turn = 1; turn <= tries && !closing.signal.aborted; turn++) {
      if (turn > 1) await new Promise((resolve) => setTimeout(resolve, timings.webhookAgainMs).unref())
      const outcome = await fetch(webhook_uri, {
        method,
        // A GET has no body, so it tells nothing but that something happened.
        ...(method === 'GET' ? {} : { body }),
        headers: { 'Content-Type': 'application/json', 'X-VoIPBIN-Signature': signature },
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(timings.webhookLimitMs)]),
      }).then(
        (response) => response.body?.cancel().then(() => response.status) ?? response.status,
        (error: unknown) => (error instanceof Error ? error.name : 'failed'),
      )
      log.debug(`webhook ${type}, try ${turn}: ${outcome}`)
      if (outcome === 200) return
    }
    if (!closing.signal.aborted) log.info(`webhook ${type} given up after ${tries} tries`)
  }

  return {
    deliver(type, resource) {
      const customer = options.customerOf(resource.customer_id)
      if (!customer || customer.webhook_uri === '') return
      // Practice speaks to its own machine only, whatever somebody types.
      if (!isLoopback(customer.webhook_uri)) return log.debug(`webhook ${type} not sent: not on this machine`)
      const body = JSON.stringify({ type, data: options.dialect.show(resource) })
      void send(customer, type, body)
    },
    close: () => closing.abort(),
  }
}

function isLoopback(uri: string): boolean {
  if (!URL.canParse(uri)) return false
  const { protocol, hostname } = new URL(uri)
  return ['http:', 'https:'].includes(protocol) && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}
