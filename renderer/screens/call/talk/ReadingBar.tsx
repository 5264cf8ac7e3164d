// Above the transcript: how far it lags, and what can be done with it. Its buttons do what the keys do.
import { IconButton, Tooltip, VisuallyHidden } from '@radix-ui/themes'
import { AArrowDown, AArrowUp, Copy, Flag, List, Pin, Repeat2, Search } from 'lucide-react'
import { memo, type ReactNode, useEffect } from 'react'
import { say } from '../../../../common/words/say.ts'
import { useCompanion, useCopy, useNow, useUi } from '../../../state/companion.tsx'
import { useLanguage } from '../../../state/language.ts'
import { toReadingRuns } from '../../../state/reading-runs.ts'
import type { ActionId } from '../../../view/action-table.ts'
import { toAriaKeys, toTip } from '../../../view/keys.ts'
import { toLag } from '../../../view/lag-view.ts'
import { toNextSize } from '../../../view/reading-view.ts'

interface Props {
  sessionId: string | undefined
  live: boolean
  /** The platform's call is known, and with it the transcript. */
  known: boolean
  /** Of the moments. */
  count: number
}

export const ReadingBar = memo(function ReadingBar({ sessionId, live, known, count }: Props) {
  useLanguage()
  const onLine = useUi(({ reading }) => reading.selected !== undefined)
  const listed = useUi(({ reading }) => reading.listed)
  const searching = useUi(({ reading }) => reading.search.open)
  return (
    <header className="card-head reading-head">
      <h2>{say('Transcript')}</h2>
      <span className="card-note">
        <Lag sessionId={sessionId} none={live ? say('live') : say('last call')} />
      </span>
      <Told />
      <div className="reading-keys" role="toolbar" aria-label={say('Reading')}>
        <Key off={!known} id="reading.search" label={say('Search in the call')} expanded={searching}>
          <Search size={16} />
        </Key>
        <Key off={!known} id="reading.again" label={say('Show their last line again')}>
          <Repeat2 size={16} />
        </Key>
        <Key off={!known} id="reading.pin" label={onLine ? say('Pin this line') : say('Pin this moment')}>
          <Pin size={16} />
        </Key>
        <Key off={!known} id="reading.flag" label={onLine ? say('Flag this line') : say('Flag this moment')}>
          <Flag size={16} />
        </Key>
        {count > 0 ? (
          <Key
            off={!known}
            id="reading.moments"
            label={say('{n, plural, one {# moment} other {# moments}}', { n: count })}
            expanded={listed}
          >
            <List size={16} />
          </Key>
        ) : null}
        <Key
          off={!known}
          id="reading.copy"
          label={onLine ? say('Copy this line') : say('Copy the transcript')}
        >
          <Copy size={16} />
        </Key>
        <Sizes />
      </div>
    </header>
  )
})

function Sizes() {
  const size = useCopy(({ app }) => app.settings.captionSize)
  return (
    <span className="reading-sizes">
      <Key id="reading.smaller" label={say('Smaller captions')} off={toNextSize(size, -1) === undefined}>
        <AArrowDown size={16} />
      </Key>
      <Key id="reading.larger" label={say('Larger captions')} off={toNextSize(size, 1) === undefined}>
        <AArrowUp size={16} />
      </Key>
    </span>
  )
}

interface KeyProps {
  id: ActionId
  label: string
  expanded?: boolean
  off?: boolean
  children: ReactNode
}

function Key({ id, label, expanded, off = false, children }: KeyProps) {
  const companion = useCompanion()
  return (
    <Tooltip content={toTip(label, id)}>
      <IconButton
        size="1"
        variant={expanded ? 'soft' : 'ghost'}
        color="gray"
        aria-label={label}
        aria-expanded={expanded}
        aria-keyshortcuts={toAriaKeys(id)}
        disabled={off}
        onClick={() => toReadingRuns(companion)[id]?.()}
      >
        {children}
      </IconButton>
    </Tooltip>
  )
}

/** Looked at once a second; no figure is shown where nothing could be measured. */
function Lag({ sessionId, none }: { sessionId: string | undefined; none: string }) {
  const { captions } = useCompanion()
  useNow()
  const lag = sessionId === undefined ? undefined : toLag(captions.lags(sessionId))
  if (!lag) return none
  return (
    <span className="reading-lag" title={lag.long}>
      <span aria-hidden="true">{lag.short}</span>
      <VisuallyHidden>{lag.long}</VisuallyHidden>
    </span>
  )
}

const toldMs = 4_000

/** What the last press came to. */
function Told() {
  const { ui } = useCompanion()
  const told = useUi(({ reading }) => reading.told)
  useEffect(() => {
    if (told === undefined) return
    const timer = setTimeout(
      () => ui.setState(({ reading }) => ({ reading: { ...reading, told: undefined } })),
      toldMs,
    )
    return () => clearTimeout(timer)
  }, [told, ui])
  return (
    <span className="card-note" role="status">
      {told}
    </span>
  )
}
