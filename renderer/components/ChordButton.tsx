// A wide key of a call: what it does in its tooltip, with the shortcut that does the same.
import { Button, Tooltip } from '@radix-ui/themes'
import { type FocusEvent, type ReactNode, useRef } from 'react'
import type { ActionId } from '../view/action-table.ts'
import { toAriaKeys, toTip } from '../view/keys.ts'

interface Props {
  /** What it does: its key does the same. */
  action: ActionId
  /** What the tooltip says. */
  says: string
  press: (() => void) | undefined
  size: '2' | '4'
  /** Taking a call is green, refusing one is red. */
  kind?: 'accept' | 'refuse'
  autoFocus?: boolean
  children: ReactNode
}

export function ChordButton({ action, says, press, size, kind, autoFocus = false, children }: Props) {
  const takesFocus = useRef(autoFocus)
  /** No tooltip for a focus that nobody asked for: it hides the caller, and to close it costs the click 15 ms. */
  const onFocus = (event: FocusEvent) => {
    if (takesFocus.current) event.preventDefault()
    takesFocus.current = false
  }
  return (
    <Tooltip side="bottom" content={toTip(says, action)}>
      <Button
        size={size}
        aria-keyshortcuts={toAriaKeys(action)}
        disabled={!press}
        onClick={press}
        autoFocus={autoFocus}
        onFocus={onFocus}
        {...(kind === 'accept' ? { className: 'accept' } : { variant: 'soft' })}
        {...(kind === 'refuse' ? { color: 'red' } : {})}
      >
        {children}
      </Button>
    </Tooltip>
  )
}
