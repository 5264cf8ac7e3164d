// One HTTP exchange over node:http: bytes out, bytes in, one deadline, a cap on the answer. Knows nothing of VoIPBIN.
import http from 'node:http'
import https from 'node:https'
import { AppError } from '../../common/kit/errors.ts'

export interface Exchange {
  url: URL
  method: string
  headers: Record<string, string>
  body: string | undefined
  agents: { http: http.Agent; https: https.Agent }
  timeoutMs: number
}

export interface Answer {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
}

/** Larger answers than this are not VoIPBIN's. */
export const answerLimit = 8 * 1024 * 1024

/** Rejects with whatever Node says, with `network.timeout` after the deadline, or `platform.malformed` for a giant. */
export function exchange(options: Exchange): Promise<Answer> {
  const { url, method, headers, body, agents, timeoutMs } = options
  const secure = url.protocol === 'https:'
  return new Promise((resolve, reject) => {
    const request = secure
      ? https.request(url, { method, headers, agent: agents.https })
      : http.request(url, { method, headers, agent: agents.http })
    const deadline = setTimeout(
      () => request.destroy(new AppError('network.timeout', { detail: `${url.host}: ${timeoutMs} ms` })),
      timeoutMs,
    )
    const settle = (run: () => void) => {
      clearTimeout(deadline)
      run()
    }
    request.on('error', (error) => settle(() => reject(error)))
    request.on('response', (response) => {
      readText(response).then(
        (text) =>
          settle(() => resolve({ status: response.statusCode ?? 0, headers: response.headers, text })),
        (error: unknown) => {
          settle(() => reject(error))
          request.destroy()
        },
      )
    })
    request.end(body)
  })
}

function readText(response: http.IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > answerLimit) {
        reject(new AppError('platform.malformed', { detail: `an answer of more than ${answerLimit} bytes` }))
        response.destroy()
      } else chunks.push(chunk)
    })
    response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    response.on('error', reject)
    // Cut in the middle: `end` never comes.
    response.on('close', () => {
      if (!response.complete) reject(new Error('the answer was cut off'))
    })
  })
}
