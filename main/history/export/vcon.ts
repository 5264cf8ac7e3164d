// vCon (draft-ietf-vcon-vcon-core-03): one conversation a call, its lines as text dialogs; several calls are a JSON array.
import { createHash } from 'node:crypto'
import type { HistoryCall, HistoryDetail } from '../../../common/model/history.ts'
import { toMarks } from './marks.ts'
import { toSeconds, toUtterances, type Utterance } from './speech.ts'

/** Places in `parties`. */
const us = 0
const them = 1

export function toVcon(details: readonly HistoryDetail[]): string {
  const vcons = details.map(toOne)
  return `${JSON.stringify(vcons.length === 1 ? vcons[0] : vcons, null, 2)}\n`
}

function toOne(detail: HistoryDetail) {
  const { call } = detail
  const lines = toUtterances(detail)
  const note = { type: 'note', dialog: 0, vendor: 'VoIPBIN Companion', body: call.note, encoding: 'none' }
  return {
    // Deprecated by the draft, asked for by its readers of before.
    vcon: '0.4.0',
    uuid: toUuid(call),
    created_at: toDate(call.startedAt),
    subject: `${call.direction === 'incoming' ? 'Call from' : 'Call to'} ${call.name}`,
    parties: [{ name: 'You' }, { name: call.name, ...toAddress(call.address) }],
    dialog: lines.length > 0 ? lines.map(toText) : [toIncomplete(call)],
    analysis: [...(call.note === '' ? [] : [note]), ...toMoments(detail, lines)],
    attachments: [],
  }
}

/** §4.5: what somebody found worth noting is an analysis; its body is JSON. */
function toMoments(detail: HistoryDetail, lines: readonly Utterance[]) {
  const marks = toMarks(detail, lines)
  if (marks.length === 0) return []
  const body = marks.map(({ kind, at, line }) => ({
    kind,
    start: toDate(at),
    ...(line ? { dialog: lines.indexOf(line) } : {}),
  }))
  return [
    { type: 'moments', vendor: 'VoIPBIN Companion', mediatype: 'application/json', body, encoding: 'json' },
  ]
}

/** §4.3: `originator` only where it is not the first party. */
function toText({ at, fromMs, toMs, speaker, text }: Utterance) {
  return {
    type: 'text',
    start: toDate(at),
    duration: (toMs - fromMs) / 1_000,
    parties: speaker === 'them' ? [them, us] : [us, them],
    mediatype: 'text/plain',
    body: text,
    encoding: 'none',
  }
}

/** Nothing was written down, or nobody answered: §4.3.11 asks why. */
function toIncomplete(call: HistoryCall) {
  const dispositions: Partial<Record<string, string>> = {
    notAnswered: 'no-answer',
    canceled: 'no-answer',
    answeredElsewhere: 'no-answer',
    busy: 'busy',
    failed: 'failed',
    interrupted: 'failed',
  }
  return {
    type: 'incomplete',
    start: toDate(call.startedAt),
    duration: toSeconds(call),
    parties: call.direction === 'incoming' ? [them, us] : [us, them],
    disposition: dispositions[call.outcome ?? ''] ?? 'hung-up',
  }
}

function toAddress(address: string): { tel?: string; sip?: string } {
  const [user = ''] = address.split('@')
  // RFC 3966 and RFC 3261: the schemes are part of both.
  if (/^\+\d{3,15}$/.test(user)) return { tel: `tel:${user}` }
  return address.includes('@') ? { sip: `sip:${address}` } : {}
}

/** RFC 9562 §5.8, out of the call's own id: taken twice, it is the same conversation. */
function toUuid({ id, startedAt }: HistoryCall): string {
  const bytes = createHash('sha256').update(`${startedAt} ${id}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const toDate = (at: number) => new Date(at).toISOString()
