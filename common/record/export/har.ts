// The API requests of a record as HAR 1.2, and its events as the messages of one WebSocket, as Chromium writes them.
import type { FlightRecord, RecordMessage } from '../../model/record.ts'
import { isMessage, toEpoch, toIso } from './parts.ts'

export function toHar(record: FlightRecord): string {
  const rows = record.items.filter(isMessage)
  const requests = rows.filter(({ kind }) => kind === 'api')
  const events = rows.filter(({ kind }) => kind === 'event')
  const entries = requests.map((row) => toEntry(record, row))
  const log = {
    version: '1.2',
    creator: { name: 'VoIPBIN Companion', version: record.about.companion },
    pages: [],
    entries: events.length === 0 ? entries : [...entries, toSocket(record, events)],
    comment: 'Secrets are masked with •••; of headers only the request id was kept.',
  }
  return `${JSON.stringify({ log }, null, 2)}\n`
}

/** As the trace writes it: the host and the request id, then what was sent, then what came. */
function toBodies(body = '') {
  const [, host = 'api.invalid', requestId = ''] = /^(\S+), request id (\S*)/.exec(body) ?? []
  const came = /(?:^|\n\n)← ([\s\S]*)$/.exec(body)
  const sent = /(?:^|\n\n)→ ([\s\S]*?)(?=\n\n← |$)/.exec(body)
  return { host, requestId, sent: sent?.[1], came: came?.[1] }
}

function toEntry(record: FlightRecord, row: RecordMessage) {
  const [method = 'GET', path = '/'] = row.title.split(' ')
  const { host, requestId, sent, came } = toBodies(row.body)
  const url = URL.parse(path, `https://${host}`) ?? new URL('https://api.invalid/')
  const [, status = '0', statusText = ''] = /^(\d{3})\s*(.*)$/.exec(row.result ?? '') ?? []
  const ids = requestId === '' ? [] : [{ name: 'X-Request-Id', value: requestId }]
  return {
    startedDateTime: toIso(record, row.t),
    time: row.ms ?? 0,
    request: {
      method,
      url: url.href,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [],
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: sent?.length ?? 0,
      ...(sent === undefined ? {} : { postData: { mimeType: 'application/json', text: sent } }),
    },
    response: {
      status: Number(status),
      statusText,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: ids,
      content: { size: came?.length ?? 0, mimeType: 'application/json', text: came ?? '' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      ...(status === '0' ? { comment: row.result ?? 'no answer' } : {}),
    },
    cache: {},
    timings: { send: 0, wait: row.ms ?? 0, receive: 0 },
  }
}

function toSocket(record: FlightRecord, events: readonly RecordMessage[]) {
  return {
    startedDateTime: toIso(record, events[0]?.t ?? 0),
    time: 0,
    request: {
      method: 'GET',
      url: 'wss://api.invalid/v1.0/ws',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [],
      queryString: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: 101,
      statusText: 'Switching Protocols',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [],
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    _resourceType: 'websocket',
    _webSocketMessages: events.map((row) => ({
      type: row.direction === 'out' ? 'send' : 'receive',
      time: toEpoch(record, row.t) / 1_000,
      opcode: 1,
      data: row.body ?? row.title,
    })),
  }
}
