// SIP messages as rows of the trace: one line each, the body redacted when it is captured.
import type { NewTraceRow } from '../../common/model/trace.ts'
import { redactSip } from './sip-redact.ts'

export type SipTracer = (message: string, direction: 'in' | 'out') => void

const bodyLimit = 32_768

/** Reports every message; a final response carries the time since its request left or arrived. */
export function createSipTracer(report: (row: NewTraceRow) => void, now: () => number = Date.now): SipTracer {
  const requests = new Map<string, number>()
  return (message, direction) => {
    const at = now()
    const row = toSipRow(message, direction, at)
    const key = transactionKey(message)
    if (row.result === undefined) {
      requests.set(key, at)
      // Requests that were never answered; 100 are more than can be pending.
      if (requests.size > 100) requests.delete(requests.keys().next().value ?? '')
    } else if (!/^1/.test(row.result)) {
      const sentAt = requests.get(key)
      if (sentAt !== undefined) row.ms = at - sentAt
      requests.delete(key)
    }
    report(row)
  }
}

/** One message as a row. Any text gives a row, also one that is not SIP. */
export function toSipRow(message: string, direction: 'in' | 'out', at: number): NewTraceRow {
  const firstLine = redactSip(message.slice(0, 300).split('\r\n', 1)[0] ?? '')
  const row: NewTraceRow = {
    at,
    source: 'sip',
    direction,
    title: firstLine.slice(0, 80),
    tone: 'plain',
    body: redactSip(message).slice(0, bodyLimit),
  }
  const response = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(firstLine)
  const request = /^([A-Z]+) \S+ SIP\/2\.0$/.exec(firstLine)
  if (response) {
    const [, status = '', phrase = ''] = response
    const method = /^CSeq\s*:\s*\d+\s+(\S+)/im.exec(message)?.[1] ?? '?'
    row.title = `${status} ${phrase} (${method})`.slice(0, 300)
    row.result = status
    row.tone = toTone(status)
  } else if (request) {
    row.title = request[1] ?? firstLine
  } else {
    row.title = 'not SIP'
    row.tone = 'bad'
  }
  return row
}

/** A challenge, a cancelled and a refused call are ordinary, not bad. */
function toTone(status: string): 'good' | 'bad' | 'plain' {
  if (status.startsWith('2')) return 'good'
  if (status.startsWith('1') || ['401', '407', '486', '487', '603'].includes(status)) return 'plain'
  return 'bad'
}

/** RFC 3261 section 17.1.3: branch of the top Via and method of CSeq. */
export function transactionKey(message: string): string {
  const branch = /branch=([^;,\s]+)/i.exec(message)?.[1] ?? ''
  const method = /^CSeq\s*:\s*\d+\s+(\S+)/im.exec(message)?.[1] ?? ''
  return `${branch} ${method}`
}

/** Something that was thrown away, with the reason. */
export function toDroppedRow(
  why: string,
  message: string,
  at: number,
  direction: 'in' | 'out' = 'in',
): NewTraceRow {
  return {
    at,
    source: 'sip',
    direction,
    title: `dropped: ${redactSip(why)}`.slice(0, 300),
    result: 'dropped',
    tone: 'bad',
    body: redactSip(message.slice(0, 2000)),
  }
}
