// A record as vCon (draft-ietf-vcon-vcon-core-03): its lines as text dialogs, its figures as an analysis.
import type { Figures } from '../../figures/figures.ts'
import type { FlightRecord, RecordItem } from '../../model/record.ts'
import { toIso } from './parts.ts'

type Line = Extract<RecordItem, { kind: 'line' }>

/** Places in `parties`. */
const us = 0
const them = 1

export function toVcon(record: FlightRecord, figures: Figures): string {
  const { about, items } = record
  const lines = items.filter((item): item is Line => item.kind === 'line' && item.status === 'final')
  const vcon = {
    // Deprecated by the draft, asked for by its readers of before.
    vcon: '0.4.0',
    uuid: toUuid(`${about.startedAt} ${about.id}`),
    created_at: toIso(record, 0),
    subject: about.title,
    parties: [{ name: 'You' }, { name: about.title, ...toAddress(about.address) }],
    dialog:
      lines.length > 0
        ? lines.map((line) => ({
            type: 'text',
            start: toIso(record, line.t),
            parties: line.direction === 'in' ? [us, them] : [them, us],
            mediatype: 'text/plain',
            body: line.text,
            encoding: 'none',
          }))
        : [
            {
              type: 'incomplete',
              start: toIso(record, 0),
              parties: about.direction === 'outgoing' ? [us, them] : [them, us],
              disposition: about.outcome === 'busy' ? 'busy' : about.why ? 'failed' : 'no-answer',
            },
          ],
    analysis: [
      {
        type: 'report',
        dialog: 0,
        vendor: 'VoIPBIN Companion',
        schema: 'docs/figures.md',
        mediatype: 'application/json',
        body: JSON.stringify(figures),
        encoding: 'json',
      },
    ],
    attachments: [],
  }
  return `${JSON.stringify(vcon, null, 2)}\n`
}

function toAddress(address: string): { tel?: string; sip?: string } {
  const [user = ''] = address.split('@')
  if (/^\+\d{3,15}$/.test(user)) return { tel: `tel:${user}` }
  return address.includes('@') ? { sip: `sip:${address}` } : {}
}

/** RFC 9562 section 5.8, out of the record's own id: exported twice, it is the same conversation. FNV-1a, four times. */
function toUuid(seed: string): string {
  const bytes = new Uint8Array(16)
  for (let part = 0; part < 4; part++) {
    let hash = 0x811c9dc5 ^ part
    for (const letter of seed) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
    new DataView(bytes.buffer).setInt32(part * 4, hash)
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
