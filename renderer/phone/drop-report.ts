// What SIP.js throws away, as rows of the trace: it says so in its log, the reason in the line before.
import type { UserAgent } from 'sip.js'
import type { NewTraceRow } from '../../common/model/trace.ts'
import { toDroppedRow } from './sip-trace.ts'

type LogConnector = NonNullable<NonNullable<ConstructorParameters<typeof UserAgent>[0]>['logConnector']>

const saysDropped = /dropping|discarding|does not point to us/i

/** Its other complaints are of no use to anybody, and some quote what must not be shown. */
export function createDropReporter(report: (row: NewTraceRow) => void): LogConnector {
  let complaint = ''
  return (_level, _category, _label, content) => {
    // What is quoted of the message stands in the row of the message, redacted by its structure.
    const line = (content.split('\n')[0] ?? '').replace(/: ".*$/, '')
    if (!saysDropped.test(line)) {
      complaint = line
      return
    }
    const why = line.startsWith('Failed to parse') && complaint ? complaint : line
    complaint = ''
    report(toDroppedRow(why, '', Date.now()))
  }
}
