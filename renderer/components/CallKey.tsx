// A round key of the call with its name under it, its shortcut in the tooltip, and its state for eyes and screen readers.
import { IconButton, Tooltip } from '@radix-ui/themes'
import type { ReactNode } from 'react'

interface Props {
  label: string
  icon: ReactNode
  /** The letter that does the same with Ctrl+Shift. */
  letter: string
  /** What the tooltip says instead of the label. */
  says?: string
  press: (() => void) | undefined
  color?: 'gray' | 'amber' | 'red'
  /** A key that stays down. */
  pressed?: boolean
  /** A key that opens a part of the card. */
  expanded?: boolean
}

export function CallKey({ label, icon, letter, says, press, color = 'gray', pressed, expanded }: Props) {
  const on = pressed ?? color !== 'gray'
  return (
    <div className="call-key" data-key={label}>
      <Tooltip content={`${says ?? label} (Ctrl+Shift+${letter})`}>
        <IconButton
          size="3"
          radius="full"
          variant={on ? 'solid' : 'soft'}
          color={on ? color : expanded ? 'indigo' : 'gray'}
          aria-label={label}
          aria-pressed={pressed}
          aria-expanded={expanded}
          aria-keyshortcuts={`Control+Shift+${letter}`}
          disabled={!press}
          onClick={press}
        >
          {icon}
          <span className="call-key-inside">{label}</span>
        </IconButton>
      </Tooltip>
      <span aria-hidden="true">{label}</span>
    </div>
  )
}
