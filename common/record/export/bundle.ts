// One zip of a record in every format, with a manifest that names each file, its size and its SHA-256, and says what was
// taken out.
import { strToU8, zipSync } from 'fflate'
import { toFigures } from '../../figures/figures.ts'
import type { FlightRecord } from '../../model/record.ts'
import { recordName } from './bundle-name.ts'
import { toHar } from './har.ts'
import { toHtml } from './html.ts'
import { redactRecord, toFileName } from './parts.ts'
import { toPcapng } from './pcapng.ts'
import { toVcon } from './vcon.ts'
import { toWebvtt } from './webvtt.ts'

export async function toBundle(whole: FlightRecord): Promise<{ name: string; bytes: Uint8Array }> {
  const { record, redaction } = redactRecord(whole)
  const figures = toFigures(record)
  const files: Record<string, Uint8Array> = {
    [recordName]: strToU8(`${JSON.stringify(record)}\n`),
    'figures.json': strToU8(`${JSON.stringify(figures, null, 2)}\n`),
    'report.html': strToU8(toHtml(record, figures, redaction)),
    'transcript.vtt': strToU8(toWebvtt(record)),
    'requests.har': strToU8(toHar(record)),
    'sip.pcapng': toPcapng(record),
    'conversation.vcon.json': strToU8(toVcon(record, figures)),
    'redaction.json': strToU8(`${JSON.stringify(redaction, null, 2)}\n`),
  }
  const manifest = {
    format: record.format,
    version: record.version,
    id: record.about.id,
    title: record.about.title,
    files: await Promise.all(
      Object.entries(files).map(async ([name, bytes]) => ({
        name,
        about: abouts[name] ?? '',
        bytes: bytes.length,
        sha256: await sha256(bytes),
      })),
    ),
  }
  const all = { 'manifest.json': strToU8(`${JSON.stringify(manifest, null, 2)}\n`), ...files }
  return { name: toFileName(record), bytes: zipSync(all, { level: 6, mtime: record.about.startedAt }) }
}

const abouts: Record<string, string> = {
  [recordName]: 'Everything; the companion opens it again (docs/record.md).',
  'figures.json': 'What is computed from it, by the formulas of docs/figures.md.',
  'report.html': 'For people: open it in any browser. It has no script and loads nothing.',
  'transcript.vtt': 'Final lines as WebVTT.',
  'requests.har': 'API requests and events as HAR 1.2.',
  'sip.pcapng': 'SIP messages for Wireshark and sngrep; addresses are made up, they went inside TLS.',
  'conversation.vcon.json': 'The conversation as vCon.',
  'redaction.json': 'How many secrets were masked, and where.',
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
