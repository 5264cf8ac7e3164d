// The HTTP server of the webhook receiver: on loopback unless the person wants the local network.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { ReceiverSettings } from '../../common/model/webhook.ts'
import { toErrno } from '../platform/translate.ts'
import { type Delivery, receive, receiverPath } from './receive.ts'

/** The platform gives up on a delivery after 5 s (contract J): later nobody waits for the answer. */
const platformLimitMs = 5_000
const connections = 50

/** `limitMs` for a request to arrive whole. Answers with the address for `webhook_uri`. Fails with `receiver.portTaken` or `receiver.failed`; ends with `scope`. */
export async function openServer(
  scope: Scope,
  { port, reach }: ReceiverSettings,
  onDelivery: (delivery: Delivery) => void,
  limitMs = platformLimitMs,
): Promise<string> {
  const limits = {
    headersTimeout: limitMs,
    requestTimeout: limitMs,
    keepAliveTimeout: limitMs,
    // Node looks for what takes too long every 30 s otherwise.
    connectionsCheckingInterval: Math.min(1_000, limitMs),
  }
  const server = createServer(limits, (request, response) => {
    // A connection that breaks is an outcome of `receive`, and an answer nobody takes is none of ours.
    response.on('error', () => {})
    void receive(request, response).then((delivery) => {
      if (!scope.ended) onDelivery(delivery)
    })
  })
  server.maxConnections = connections
  scope.add(() => closeServer(server))
  const host = reach === 'localNetwork' ? '0.0.0.0' : '127.0.0.1'
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  }).catch((thrown: unknown) => {
    const isTaken = toErrno(thrown) === 'EADDRINUSE'
    throw new AppError(isTaken ? 'receiver.portTaken' : 'receiver.failed', {
      detail: `${host}:${port} ${toErrno(thrown)}`,
      cause: thrown,
    })
  })
  const shownHost = reach === 'localNetwork' ? (ownAddress() ?? '127.0.0.1') : '127.0.0.1'
  return `http://${shownHost}:${(server.address() as AddressInfo).port}${receiverPath}`
}

function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** Of this machine in its network; the first one. */
function ownAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address
}
