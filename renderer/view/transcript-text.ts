// A transcript, or one line of it, as text to paste elsewhere.
import type { TranscriptEntry } from '../../common/model/transcript.ts'
import { type Naming, toRow } from './transcript-view.ts'

/** `only`: ids of the lines that are wanted. */
export function toTranscriptText(
  entries: readonly TranscriptEntry[],
  naming: Naming,
  only?: ReadonlySet<string | undefined>,
): string {
  const lines = entries.flatMap(({ id }, index) => {
    if (only && !only.has(id)) return []
    const row = toRow(entries, index, naming)
    return row.kind === 'gap' ? `--- ${row.text} ---` : `[${row.clock}] ${row.name}: ${row.text}`
  })
  return lines.map((line) => `${line}\n`).join('')
}
