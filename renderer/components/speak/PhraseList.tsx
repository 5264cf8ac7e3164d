// The phrases that were found, above the composer: the arrow keys choose, Enter says, Tab takes the text to be changed.
import { Kbd } from '@radix-ui/themes'
import { say } from '../../../common/words/say.ts'
import { toKeyText } from '../../view/keys.ts'
import type { PhraseView } from '../../view/phrases-view.ts'

export const toOptionId = (id: string, at: number) => `${id}-${at}`

interface Props {
  id: string
  phrases: readonly PhraseView[]
  at: number
  use: (phrase: PhraseView) => void
}

export function PhraseList({ id, phrases, at, use }: Props) {
  if (phrases.length === 0) {
    return (
      <p id={id} className="phrases-none" role="status">
        {say('No phrase with these words. Phrases are kept in Settings.')}
      </p>
    )
  }
  return (
    <div id={id} className="phrases" role="listbox" aria-label={say('Phrases')}>
      {phrases.map((phrase, index) => (
        <div
          key={phrase.id}
          id={toOptionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className="phrase"
          // Before the field loses the keyboard.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => use(phrase)}
          onKeyDown={() => {}}
        >
          <span className="phrase-text" dir="auto">
            {phrase.text}
          </span>
          {phrase.key === undefined ? null : <Kbd size="1">{toKeyText(`Alt+${phrase.key}`)}</Kbd>}
        </div>
      ))}
    </div>
  )
}
