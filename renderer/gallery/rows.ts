// Long lists for the gallery and for measuring: transcript lines and trace rows.
import type { TraceRow } from '../../common/model/trace.ts'
import type { TranscriptLine } from '../../common/model/transcript.ts'
import { aLine, callId, now } from './people.ts'

const words =
  'the call goes on and every word of it is written down while both sides speak and nobody waits'.split(' ')

/** Lines of differing length, for measuring. */
export function manyLines(count: number, from = 0): TranscriptLine[] {
  return Array.from({ length: count }, (_, i) => {
    const index = from + i
    const length = 3 + ((index * 7) % 31)
    const text = Array.from({ length }, (_, w) => words[(index + w * 3) % words.length]).join(' ')
    return aLine(index, index % 3 === 0 ? 'out' : 'in', `${text}.`)
  })
}

const traceKinds: Omit<TraceRow, 'id' | 'at'>[] = [
  {
    source: 'api',
    direction: 'out',
    title: 'POST /auth/login',
    result: '200',
    tone: 'good',
    ms: 41,
    body: '{"token":"[redacted]","customer_id":"5e4a0680-804e-11ec-8477-2fea5968d85b"}',
  },
  {
    source: 'api',
    direction: 'out',
    title: 'GET /extensions?page_size=100',
    result: '200',
    tone: 'good',
    ms: 36,
    body: '{"result":[{"id":"0b2f6c5e","name":"desk-7f3a","extension":"desk-7f3a","password":"[redacted]"}],"next_page_token":""}',
  },
  {
    source: 'sip',
    direction: 'out',
    title: 'REGISTER',
    tone: 'plain',
    body: 'REGISTER sip:5e4a0680.registrar.voipbin.test SIP/2.0\nVia: SIP/2.0/WS k2m8.invalid;branch=z9hG4bK4711\nMax-Forwards: 70\nTo: <sip:desk-7f3a@5e4a0680.registrar.voipbin.test>\nFrom: <sip:desk-7f3a@5e4a0680.registrar.voipbin.test>;tag=a1\nCall-ID: 9c1b\nCSeq: 2 REGISTER\nAuthorization: [redacted]\nExpires: 300\nContent-Length: 0',
  },
  { source: 'sip', direction: 'in', title: 'REGISTER', result: '200 OK', tone: 'good', ms: 23 },
  {
    source: 'event',
    direction: 'in',
    title: 'call_ringing',
    result: 'b2d6c1de',
    tone: 'plain',
    body: '{"type":"call_ringing","data":{"id":"b2d6c1de-5a0e-4f3b-9a55-0c1f2a8f7e10","status":"ringing"}}',
    callId,
  },
  {
    source: 'media',
    direction: 'none',
    title: 'ICE connected',
    result: 'host to host',
    tone: 'good',
    ms: 31,
  },
  { source: 'app', direction: 'none', title: 'link linking → linked', result: 'by contact', tone: 'plain' },
  {
    source: 'api',
    direction: 'out',
    title: 'POST /speakings',
    result: '409 conflict',
    tone: 'bad',
    ms: 57,
    body: '{"message":"another client speaks on this call"}',
  },
]

export const traceRows = (count: number): TraceRow[] =>
  Array.from({ length: count }, (_, index) => {
    const kind = traceKinds[index % traceKinds.length] as Omit<TraceRow, 'id' | 'at'>
    return { ...kind, id: index + 1, at: now - (count - index) * 137 }
  })
