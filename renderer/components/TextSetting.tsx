// A text setting: checked while it is typed, saved when it is left or Enter is pressed.
import { TextField } from '@radix-ui/themes'
import { type ReactNode, useEffect, useState } from 'react'
import { Field } from './Field.tsx'

interface Props {
  label: string
  value: string
  help?: ReactNode
  placeholder?: string
  check: (text: string) => string | undefined
  save: (text: string) => void
}

export function TextSetting({ label, value, help, placeholder, check, save }: Props) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const trimmed = text.trim()
  const wrong = check(trimmed)
  const commit = () => {
    if (!wrong && trimmed !== value) save(trimmed)
  }
  return (
    <Field label={label} help={help} wrong={wrong}>
      {(ids) => (
        <TextField.Root
          {...ids}
          size="2"
          value={text}
          {...(placeholder === undefined ? {} : { placeholder })}
          {...(wrong ? { color: 'red' as const } : {})}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
            if (event.key === 'Escape') setText(value)
          }}
        />
      )}
    </Field>
  )
}
