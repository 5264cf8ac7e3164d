// The sound of a call in figures, for those who ask; open at once where there is room.
import { useState } from 'react'
import type { SessionMedia } from '../../../common/model/phone.ts'
import { say } from '../../../common/words/say.ts'
import { toSoundFacts } from '../../view/sound-facts.ts'

export function SoundFigures({ media }: { media: SessionMedia }) {
  const [roomy] = useState(() => matchMedia('(min-width: 1000px)').matches)
  return (
    <details className="call-media" open={roomy}>
      <summary>{say('Sound in figures')}</summary>
      <dl className="facts">
        {toSoundFacts(media).map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd dir="ltr">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
