// Reads a JSON body, with a cap; a missing one is an empty object.
import type { IncomingMessage } from 'node:http'
import { ApiError, badRequest } from './errors.ts'

export const maxBodyBytes = 1024 * 1024

export async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    // The rest is read and dropped, so that the answer still arrives.
    if (size <= maxBodyBytes) chunks.push(chunk as Buffer)
  }
  if (size > maxBodyBytes) throw new ApiError(413, 'INVALID_ARGUMENT', 'The body is too large.')
  if (size === 0) return {}
  const value = parse(Buffer.concat(chunks).toString('utf8'))
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest('The body is not a JSON object.', 'INVALID_JSON_BODY')
  return value as Record<string, unknown>
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest('The body is not JSON.', 'INVALID_JSON_BODY')
  }
}
