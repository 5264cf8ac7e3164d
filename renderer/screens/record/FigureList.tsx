// The figures of a record, each with why there is none, or what to know about it.
import type { Figures } from '../../../common/figures/figures.ts'
import { toFigureRows } from '../../../common/record/export/figure-rows.ts'
import { say } from '../../../common/words/say.ts'

export function FigureList({ figures }: { figures: Figures }) {
  return (
    <section className="card record-figures" aria-label={say('Figures')}>
      <header className="card-head">
        <h2>{say('Figures')}</h2>
      </header>
      <dl>
        {toFigureRows(figures).map(({ id, label, value, note }) => (
          <div key={id} data-known={value !== '–'}>
            <dt>{say(label)}</dt>
            <dd>{value}</dd>
            {note ? <dd className="card-note">{say(note)}</dd> : null}
          </div>
        ))}
      </dl>
    </section>
  )
}
