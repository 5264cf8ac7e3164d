// A wide key of a call: what it does in its tooltip, with the shortcut that does the same.
import { Button, Tooltip } from '@radix-ui/themes'
import type { ReactNode } from 'react'

interface Props {
  /** The letter that does the same with Ctrl+Shift. */
  letter: string
  /** What the tooltip says. */
  says: string
  press: (() => void) | undefined
  size: '2' | '4'
  /** Taking a call is green, refusing one is red. */
  kind?: 'accept' | 'refuse'
  autoFocus?: boolean
  children: ReactNode
}

export function ChordButton({ letter, says, press, size, kind, autoFocus = false, children }: Props) {
  return (
    <Tooltip side="bottom" content={`${says} (Ctrl+Shift+${letter})`}>
      <Button
        size={size}
        aria-keyshortcuts={`Control+Shift+${letter}`}
        disabled={!press}
        onClick={press}
        autoFocus={autoFocus}
        {...(kind === 'accept' ? { className: 'accept' } : { variant: 'soft' })}
        {...(kind === 'refuse' ? { color: 'red' } : {})}
      >
        {children}
      </Button>
    </Tooltip>
  )
}
