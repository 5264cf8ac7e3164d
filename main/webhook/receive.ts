// One HTTP request to the webhook receiver → an event or a refusal, answered at once (contract E.7).
import type { IncomingMessage, ServerResponse } from 'node:http'
import { parseFrame } from '../platform/events/parse-frame.ts'
import type { PlatformEvent } from '../platform/platform.ts'

/** What came, after it was answered. */
export type Delivery =
  | { kind: 'event'; event: PlatformEvent; text: string; isSigned: boolean }
  /** JSON, but none that we know: taken, so that it is not sent again, and kept in the trace. */
  | { kind: 'unknown'; why: string; text: string }
  | { kind: 'refused'; status: number; why: string; text: string }

export const receiverPath = '/voipbin/events'
/** As on the event socket. */
export const bodyLimit = 1024 * 1024

const methods = ['POST', 'PUT']

/** Resolves when the request is answered; never rejects. */
export async function receive(request: IncomingMessage, response: ServerResponse): Promise<Delivery> {
  const delivery = await look(request)
  const status = delivery.kind === 'refused' ? delivery.status : 200
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    ...(status === 405 ? { allow: methods.join(', ') } : {}),
    // What was not read is not waited for.
    ...(status === 408 || status === 413 ? { connection: 'close' } : {}),
  })
  response.end(delivery.kind === 'refused' ? delivery.why : 'ok')
  return delivery
}

async function look(request: IncomingMessage): Promise<Delivery> {
  const method = request.method ?? ''
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  const refused = (status: number, why: string, text = ''): Delivery => ({
    kind: 'refused',
    status,
    why,
    text,
  })
  if (path !== receiverPath)
    return refused(404, `${method} ${path.slice(0, 100)}: deliveries come to ${receiverPath}`)
  if (!methods.includes(method))
    return refused(405, `${method}: an event needs a body, so the method of the webhook must be POST or PUT`)
  const body = await readBody(request)
  if (body === 'tooLarge') return refused(413, `more than ${bodyLimit} bytes`)
  if (body === 'broken') return refused(408, 'the body did not arrive whole')
  const parsed = parseFrame(body)
  if (parsed.ok) {
    const isSigned = request.headers['x-voipbin-signature'] !== undefined
    return { kind: 'event', event: parsed.event, text: body, isSigned }
  }
  if (parsed.why === 'not JSON') return refused(400, 'the body is not JSON', body)
  return { kind: 'unknown', why: parsed.why, text: body }
}

function readBody(request: IncomingMessage): Promise<string | 'tooLarge' | 'broken'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= bodyLimit) chunks.push(chunk)
      else resolve('tooLarge')
    })
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.on('error', () => resolve('broken'))
    request.on('close', () => resolve('broken'))
  })
}
