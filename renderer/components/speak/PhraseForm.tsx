// A phrase with something to fill in: one field for each, and the whole sentence as it will be said.
import { Button, TextField } from '@radix-ui/themes'
import { Send } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { fillPhrase } from '../../../common/model/phrases.ts'
import { say } from '../../../common/words/say.ts'
import { useAppPart, useCompanion, usePhone } from '../../state/companion.tsx'
import { findPhrase, toPhraseText } from '../../view/phrases-view.ts'
import { Field } from '../Field.tsx'

interface Props {
  id: string
  say: (text: string) => void
}

export function PhraseForm({ id, say: speak }: Props) {
  const { ui } = useCompanion()
  const phrase = findPhrase(useAppPart('settings', 'people'), usePhone(), id)
  const [values, setValues] = useState<Record<string, string>>({})
  const first = useRef<HTMLInputElement>(null)
  const label = useId()
  const leave = () => ui.setState({ asking: undefined })
  useEffect(() => first.current?.focus(), [])
  useEffect(() => {
    if (!phrase) ui.setState({ asking: undefined })
  }, [phrase, ui])
  if (!phrase) return null
  const text = toPhraseText(phrase, values)
  return (
    <form
      className="phrase-form"
      aria-labelledby={label}
      onSubmit={(event) => {
        event.preventDefault()
        if (text === undefined) return
        speak(text)
        leave()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave()
      }}
    >
      <p id={label} dir="auto">
        {fillPhrase(phrase.text, values)}
      </p>
      <div className="phrase-fields">
        {phrase.asks.map((name, at) => (
          <Field key={name} label={name}>
            {(ids) => (
              <TextField.Root
                {...ids}
                ref={at === 0 ? first : null}
                value={values[name] ?? ''}
                autoComplete="off"
                onChange={(event) => setValues({ ...values, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <div className="composer-bar">
        <Button type="button" variant="soft" color="gray" onClick={leave}>
          {say('Cancel')}
        </Button>
        <Button type="submit" disabled={text === undefined}>
          <Send size={16} aria-hidden="true" className="directed" /> {say('Say')}
        </Button>
      </div>
    </form>
  )
}
