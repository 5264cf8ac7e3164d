// A labelled field with its help and its mistake, wired for screen readers.
import { type ReactNode, useId } from 'react'

interface Props {
  label: string
  help?: ReactNode
  wrong?: string | undefined
  children: (ids: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode
}

export function Field({ label, help, wrong, children }: Props) {
  const id = useId()
  const hint = `${id}-hint`
  return (
    <div className={wrong ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': hint, 'aria-invalid': Boolean(wrong) })}
      <p id={hint} className="field-hint" role={wrong ? 'alert' : undefined}>
        {wrong ?? help}
      </p>
    </div>
  )
}
