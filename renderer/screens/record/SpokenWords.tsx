// Typed text beside what was heard and written down of it, word by word.
import type { Figures } from '../../../common/figures/figures.ts'
import { say } from '../../../common/words/say.ts'
import { toTook } from '../../view/format.ts'

type Spoken = Figures['spoken'][number]

export function SpokenWords({ figures: { spoken } }: { figures: Figures }) {
  if (spoken.length === 0) return null
  return (
    <section className="card record-spoken" aria-label={say('Said, heard, transcribed')}>
      <header className="card-head">
        <h2>{say('Said, heard, transcribed')}</h2>
      </header>
      <ul>
        {spoken.map((one) => (
          <li key={one.id}>
            <p dir="auto">
              {one.pieces.map((piece, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name
                <Piece key={index} piece={piece} missing={one.transcribed !== null} />
              ))}
            </p>
            <p className="card-note">{toText(one)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Piece({ piece, missing }: { piece: Spoken['pieces'][number]; missing: boolean }) {
  if (piece.in === 'transcribed') return <ins>{piece.text} </ins>
  return piece.in === 'said' && missing ? <del>{piece.text} </del> : <>{piece.text} </>
}

function toText({ heardMs, soundMs, transcribed, wordErrors }: Spoken): string {
  const parts = [
    heardMs === null
      ? say('not heard')
      : say('heard after {time}, for {length}', { time: toTook(heardMs), length: toTook(soundMs ?? 0) }),
    transcribed === null
      ? say('not transcribed')
      : say('{n} % of the words differ', { n: Math.round((wordErrors ?? 0) * 100) }),
  ]
  return parts.join(' · ')
}
