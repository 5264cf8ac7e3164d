// The last line of the other side once more, large, over the transcript; also told to screen readers.
import { IconButton } from '@radix-ui/themes'
import { X } from 'lucide-react'
import type { TranscriptEntry } from '../../../../common/model/transcript.ts'
import { say } from '../../../../common/words/say.ts'
import { useCompanion, useUi } from '../../../state/companion.tsx'
import { toLastHeard } from '../../../view/last-heard-view.ts'
import type { Naming } from '../../../view/transcript-view.ts'

export function LastHeard({ entries, naming }: { entries: readonly TranscriptEntry[]; naming: Naming }) {
  const { ui } = useCompanion()
  const again = useUi(({ reading }) => reading.again)
  const line = again > 0 ? toLastHeard(entries, naming, again) : undefined
  const close = () => {
    ui.setState(({ reading }) => ({ reading: { ...reading, again: 0 } }))
    document.querySelector<HTMLElement>('.transcript-scroll')?.focus()
  }
  return (
    // The region stands there before its words come: only then they are told.
    <div
      className="last-heard-place"
      role="status"
      onKeyDown={(event) => event.key === 'Escape' && line && close()}
    >
      {line ? (
        <div className="last-heard" key={again}>
          <p className="last-heard-name">{naming.them}</p>
          <p className="last-heard-words" lang={line.language} dir="auto">
            {line.text}
          </p>
          <IconButton variant="ghost" color="gray" size="2" aria-label={say('Close')} onClick={close}>
            <X size={18} />
          </IconButton>
        </div>
      ) : null}
    </div>
  )
}
