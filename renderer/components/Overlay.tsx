// What lies over the window: the browser's own dialog, which keeps the keyboard inside, closes by Esc and injects no style.
import { type MouseEvent, type ReactNode, useLayoutEffect, useRef } from 'react'

interface Props {
  label: string
  className: string
  close(): void
  children: ReactNode
}

export function Overlay({ label, className, close, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  // Closed before it is taken away, so that the keyboard goes back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current
    if (!element) return
    if (typeof element.showModal === 'function') element.showModal()
    else element.open = true
    // By itself it would be the first part that can have the keyboard at all, such as a list.
    element.querySelector<HTMLElement>('input, button')?.focus()
    return () => element.close?.()
  }, [])
  // The dialog itself is pressed only beside what it holds.
  const onClick = (event: MouseEvent) => {
    if (event.target === dialog.current) close()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it
    <dialog
      ref={dialog}
      className={`overlay ${className}`}
      aria-label={label}
      onClose={close}
      onClick={onClick}
    >
      <div className="overlay-inside">{children}</div>
    </dialog>
  )
}
