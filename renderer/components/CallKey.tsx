// A round key of the call with its name under it, its shortcut in the tooltip, and its state for eyes and screen readers.
import { IconButton, Tooltip } from '@radix-ui/themes'
import type { ReactNode } from 'react'
import type { ActionId } from '../view/action-table.ts'
import { toAriaKeys, toTip } from '../view/keys.ts'

interface Props {
  label: string
  icon: ReactNode
  /** What it does: its key does the same. */
  action: ActionId
  /** What the tooltip says instead of the label. */
  says?: string
  press: (() => void) | undefined
  color?: 'gray' | 'amber' | 'red'
  /** A key that stays down. */
  pressed?: boolean
  /** A key that opens a part of the card. */
  expanded?: boolean
}

export function CallKey({ label, icon, action, says, press, color = 'gray', pressed, expanded }: Props) {
  const on = pressed ?? color !== 'gray'
  return (
    <div className="call-key" data-key={action}>
      <Tooltip content={toTip(says ?? label, action)}>
        <IconButton
          size="3"
          radius="full"
          variant={on ? 'solid' : 'soft'}
          color={on ? color : expanded ? 'indigo' : 'gray'}
          aria-label={label}
          aria-pressed={pressed}
          aria-expanded={expanded}
          aria-keyshortcuts={toAriaKeys(action)}
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
