// Between a client and practice: hands everything on and keeps what was asked and answered.
import http from 'node:http'
import { onTestFinished } from 'vitest'

export interface Recorded {
  method: string
  /** Without query. */
  path: string
  query: URLSearchParams
  body: string
  status: number
  answer: string
}

/** Closed when the test is finished. */
export async function openRecorder(apiUrl: string): Promise<{ apiUrl: string; all: Recorded[] }> {
  const all: Recorded[] = []
  const target = new URL(apiUrl)
  const server = http.createServer(async (request, response) => {
    const body = await readAll(request)
    const url = new URL(request.url ?? '/', apiUrl)
    const { method = 'GET', headers } = request
    const onward = http.request(
      { host: target.hostname, port: target.port, method, path: request.url, headers },
      async (answer) => {
        const text = await readAll(answer)
        const status = answer.statusCode ?? 0
        all.push({ method, path: url.pathname, query: url.searchParams, body, status, answer: text })
        response.writeHead(status, answer.headers)
        response.end(text)
      },
    )
    onward.on('error', () => request.socket.destroy())
    onward.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return { apiUrl: `http://127.0.0.1:${address.port}`, all }
}

async function readAll(stream: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
