// A record as one page that opens anywhere: no script, nothing loaded, every text escaped.
import type { Figures } from '../../figures/figures.ts'
import { toQualityPoints } from '../../figures/quality.ts'
import type { FlightRecord, RecordItem } from '../../model/record.ts'
import { laneLabels, toLane, toStamp, toTitle, toTone } from '../lanes.ts'
import { type LevelGrid, toGrid, toHeights } from '../levels.ts'
import { toSpan } from '../span.ts'
import { toFigureRows } from './figure-rows.ts'
import { isMessage, type Redaction, toEnglish } from './parts.ts'

export function toHtml(record: FlightRecord, figures: Figures, redaction: Redaction): string {
  const { about } = record
  const facts = [
    ['When', new Date(about.startedAt).toISOString()],
    ['With', about.address],
    ['Way', about.direction],
    ['Came out as', about.outcome],
    ['Why', about.why],
    ['Server', about.environment],
    ['Runs in', about.companion],
    ['Call of the platform', about.callId],
    ['SIP Call-ID', about.sipCallId],
    ['Clock of the phone', toClockText(record)],
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(about.title)}</title><style>${style}</style></head><body>
<h1>${safe(about.title)}</h1>
<dl>${facts.map(([name, value]) => (value ? `<dt>${name}</dt><dd>${safe(value)}</dd>` : '')).join('')}</dl>
${toPicture(record)}
<h2>Figures</h2><table>${toFigureRows(figures)
    .map(
      (row) =>
        `<tr><th>${safe(toEnglish(row.label))}</th><td>${safe(row.value)}</td><td>${safe(row.note ? toEnglish(row.note) : '')}</td></tr>`,
    )
    .join('')}</table>
${toSpokenPart(figures)}
<h2>Everything, in the order of time</h2>
<table class="all">${record.items.map((item) => toRow(item)).join('\n')}</table>
<p>${safe(toLeftText(record, redaction))}</p>
</body></html>
`
}

const style = `:root{color-scheme:light dark}body{font:14px/20px system-ui,sans-serif;max-width:1100px;margin:32px auto;padding:0 16px}
h1{font-size:20px}h2{font-size:16px;margin-top:32px}dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px}dt,td:nth-child(3),.t{color:#777}
dd{margin:0;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:500;white-space:nowrap}td,th{padding:3px 12px 3px 0;vertical-align:top;border-bottom:1px solid #8883}
.all td{overflow-wrap:anywhere}.t,.l{white-space:nowrap;font-variant-numeric:tabular-nums}.bad{color:#c62a2f}pre{white-space:pre-wrap;font-size:12px;margin:4px 0}
svg{width:100%;height:auto;margin-top:16px}ins{background:#30a46c33;text-decoration:none}del{background:#e5484d33}`

function toRow(item: RecordItem): string {
  const title = `<span class="${toTone(item)}">${safe(toTitle(item))}</span>`
  const body =
    isMessage(item) && item.body
      ? `<details><summary>${title}</summary><pre>${safe(item.body)}</pre></details>`
      : title
  return `<tr><td class="t">${toStamp(item.t)}</td><td class="l">${toEnglish(laneLabels[toLane(item)])}</td><td style="color:inherit">${body}</td></tr>`
}

function toSpokenPart({ spoken }: Figures): string {
  if (spoken.length === 0) return ''
  const rows = spoken.map(({ pieces, wordErrors, heardMs, transcribed }) => {
    const text = pieces.map((piece) => {
      const tag =
        piece.in === 'both'
          ? undefined
          : piece.in === 'said' && transcribed !== null
            ? 'del'
            : piece.in === 'said'
              ? undefined
              : 'ins'
      return tag ? `<${tag}>${safe(piece.text)}</${tag}>` : safe(piece.text)
    })
    const facts = [
      heardMs === null ? 'not heard' : `heard after ${Math.round(heardMs)} ms`,
      transcribed === null
        ? 'not transcribed'
        : `${Math.round((wordErrors ?? 0) * 100)} % of the words differ`,
    ]
    return `<tr><td>${text.join(' ')}</td><td>${facts.join(', ')}</td></tr>`
  })
  return `<h2>Said, heard, transcribed</h2><table>${rows.join('')}</table><p class="t">Struck out: said and not transcribed. Underlaid: transcribed and not said.</p>`
}

const width = 1_000

/** Loudness both ways, the score beneath it, a stroke for each message. */
function toPicture(record: FlightRecord): string {
  const { fromT, toT } = toSpan(record)
  const x = (t: number) => (((t - fromT) / (toT - fromT)) * width).toFixed(1)
  const ear = toGrid(record.levels.filter(({ where }) => where === 'ear'))
  const voice = toGrid(record.levels.filter(({ where }) => where === 'microphone'))
  const strokes = record.items
    .filter((item) => ['signalling', 'api'].includes(toLane(item)))
    .map((item) => {
      const y = toLane(item) === 'signalling' ? 130 : 152
      return `M${x(item.t)} ${y}v14`
    })
  const points = toQualityPoints(record.rtp, record.items).map(
    ({ t, mos }) => `${x(t)},${(200 - (mos - 1) * 8).toFixed(1)}`,
  )
  return `<svg viewBox="0 0 ${width} 210" role="img" aria-label="The call as a picture">
<path d="${toWave(ear, fromT, toT, 30)}" fill="#3e63dd"/><path d="${toWave(voice, fromT, toT, 90)}" fill="#8b8d98"/>
<path d="${strokes.join('')}" stroke="#8b8d98" fill="none"/><polyline points="${points.join(' ')}" fill="none" stroke="#30a46c"/>
<g font-size="11" fill="#8b8d98"><text y="10">Heard</text><text y="70">Spoken</text><text y="126">Signalling</text><text y="178">API and events; below: MOS</text></g></svg>`
}

function toWave(grid: LevelGrid, fromT: number, toT: number, middle: number): string {
  const heights = toHeights(grid, fromT, toT, width)
  const strokes: string[] = []
  heights.forEach((height, column) => {
    const half = Math.round(height * 26)
    if (half > 0) strokes.push(`M${column} ${middle - half}h1v${half * 2}h-1z`)
  })
  return strokes.join('') || `M0 ${middle}h${width}v1h-${width}z`
}

function toClockText({ phoneClock }: FlightRecord): string | undefined {
  if (!phoneClock) return undefined
  return `within ±${phoneClock.uncertaintyMs.toFixed(1)} ms of main's, by ${phoneClock.exchanges} exchanges`
}

function toLeftText({ left }: FlightRecord, { atCapture, atExport }: Redaction): string {
  const masked = Object.values(atCapture).reduce((sum, one) => sum + one, 0)
  const parts = [`${masked} secrets were masked when this was recorded, ${atExport} when it was exported.`]
  if (left.bodies + left.items > 0) {
    parts.push(`The record was full: ${left.items} items and ${left.bodies} texts of messages are missing.`)
  }
  return parts.join(' ')
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const safe = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? '')
