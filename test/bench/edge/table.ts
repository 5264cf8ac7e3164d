// The comparison as a section for people: median, least and most of each phone, the ratio, and what it is made of.
import { median, most, quantile } from '../figure.ts'
import type { Machine } from '../machine.ts'
import type { Row } from './row.ts'
import type { SubjectName } from './subject.ts'

export interface Measured {
  name: string
  about: string
  rows: readonly Row[]
  /** Why it could not measure. */
  failed?: string
}

export interface Column {
  name: SubjectName
  title: string
}

export function toSection(
  machine: Machine,
  columns: readonly Column[],
  parts: readonly Measured[],
  tookS: number,
): string {
  const { date, processor, memory, system, browser, commit, load } = machine
  return `## Side by side with linphonec on a real SIP edge

\`npm run bench:edge\` (about ${Math.max(1, Math.round(tookS / 60))} minutes here): Kamailio and rtpengine on this machine, one caller on plain RTP, all phones registered at the
same edge and called in turn. One part again, printed only: \`npm run bench:edge -- --only NAME\`, with a name from the first column.

${date} UTC, ${processor}, ${memory}, ${system}, ${browser}, commit ${commit}, load at the start ${load}.

${toTable(columns, parts)}

Each cell: median (least – most) of how many. The ratio is that of the medians, companion in Chromium to linphonec: below 1 the companion is
ahead.

${parts.map(toNotes).filter(Boolean).join('\n')}`
}

function toTable(columns: readonly Column[], parts: readonly Measured[]): string {
  const head = ['Part', 'Figure', 'Aim', ...columns.map(({ title }) => title), 'Ratio']
  const rows = parts.flatMap(({ name, rows }) => rows.map((row) => [name, ...toCells(row, columns)]))
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

export function toCells(row: Row, columns: readonly Column[]): string[] {
  const aim = row.aim === undefined ? '' : `≤ ${row.aim} ${row.unit}${toVerdict(row)}`
  return [row.what, aim, ...columns.map(({ name }) => toCell(row, name)), toRatio(row)]
}

function toCell({ values, unit }: Row, name: SubjectName): string {
  const found = values[name]?.filter(Number.isFinite) ?? []
  if (found.length === 0) return '–'
  const middle = `**${toNumber(median(found))} ${unit}**`
  if (found.length === 1) return middle
  return `${middle} (${toNumber(quantile(found, 0))} – ${toNumber(most(found))}) of ${found.length}`
}

function toVerdict({ aim = 0, values }: Row): string {
  const ours = values.chromium
  if (!ours?.length) return ''
  return median(ours) <= aim ? ', met' : ', **missed**'
}

function toRatio({ values }: Row): string {
  const [ours, theirs] = [values.chromium, values.linphonec]
  if (!ours?.length || !theirs?.length) return '–'
  return (median(ours) / median(theirs)).toFixed(2)
}

const toNumber = (value: number) =>
  Math.abs(value) < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US')

function toNotes({ name, rows, failed }: Measured): string {
  if (failed !== undefined) return `- **${name} could not be measured:** ${failed}`
  return rows.flatMap(({ what, note }) => (note ? [`- ${what}: ${note}`] : [])).join('\n')
}
