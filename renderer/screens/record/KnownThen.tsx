// What was known at the moment under the cursor.
import { toStamp } from '../../../common/record/lanes.ts'
import { say } from '../../../common/words/say.ts'
import { type SoundNow, toKnown, toSoundNow } from '../../view/record-known.ts'
import type { RecordBoard } from '../../view/record-view.ts'

export function KnownThen({ board, t }: { board: RecordBoard; t: number }) {
  const known = toKnown(board, t)
  return (
    <section className="card record-known" aria-label={say('Known then')}>
      <header className="card-head">
        <h2>{say('Known then')}</h2>
        <span className="card-note mono">{toStamp(t)}</span>
      </header>
      <dl className="facts">
        {toSoundRows(toSoundNow(board, t)).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {known.map(({ id, label, value, t: since }) => (
          <div key={id}>
            <dt>{say(label)}</dt>
            <dd dir="auto" title={`${value} (${toStamp(since)})`}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function toSoundRows(now: SoundNow): [string, string][] {
  const rows: [string, string][] = [
    [say('In the ear'), toLoudness(now.ear)],
    [say('From the microphone'), toLoudness(now.microphone)],
  ]
  if (now.mos !== undefined) {
    const parts = [
      say('MOS {value}', { value: now.mos.toFixed(2) }),
      now.loss ? say('{n} % lost', { n: (now.loss * 100).toFixed(1) }) : '',
      now.bufferMs === undefined ? '' : say('buffer {ms} ms', { ms: Math.round(now.bufferMs) }),
      now.rttMs === undefined ? '' : say('round trip {ms} ms', { ms: Math.round(now.rttMs) }),
    ]
    rows.push([say('Quality'), parts.filter(Boolean).join(', ')])
  }
  return rows
}

function toLoudness(decibels: number | undefined): string {
  if (decibels === undefined) return '–'
  if (decibels === Number.NEGATIVE_INFINITY) return say('digital silence')
  return say('{n} dB', { n: Math.round(decibels) })
}
