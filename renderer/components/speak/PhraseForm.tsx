// A phrase with something to fill in: one field for each, and the whole sentence as it will be said.
import { Button, TextField } from '@radix-ui/themes'
import { Send } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { say } from '../../../common/words/say.ts'
import { useAppPart, useCompanion, usePhone } from '../../state/companion.tsx'
import { askFor } from '../../state/drafts.ts'
import { findPhrase, toPhrasePreview, toPhraseText } from '../../view/phrases-view.ts'
import type { SpeakView } from '../../view/speak-view.ts'
import { Field } from '../Field.tsx'

interface Props {
  id: string
  view: Extract<SpeakView, { status: 'ready' }>
}

export function PhraseForm({ id, view }: Props) {
  const { ui } = useCompanion()
  const phrase = findPhrase(useAppPart('settings', 'people', 'links', 'bridged'), usePhone(), id)
  const [values, setValues] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  const label = useId()
  const { sessionId } = view
  const leave = () => askFor(ui, sessionId, undefined)
  const submit = async (whole: string) => {
    setBusy(true)
    const error = await view.say(whole)
    setBusy(false)
    if (!error) leave()
  }
  useEffect(() => first.current?.focus(), [])
  useEffect(() => {
    if (!phrase) askFor(ui, sessionId, undefined)
  }, [phrase, ui, sessionId])
  if (!phrase) return null
  const text = toPhraseText(phrase, values)
  return (
    <form
      className="phrase-form"
      aria-labelledby={label}
      onSubmit={(event) => {
        event.preventDefault()
        if (text !== undefined && !busy) void submit(text)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave()
      }}
    >
      <p id={label} dir="auto">
        {toPhrasePreview(phrase, values)}
      </p>
      <div className="phrase-fields">
        {phrase.asks.map((name, at) => (
          <Field key={name} label={name}>
            {(ids) => (
              <TextField.Root
                {...ids}
                ref={at === 0 ? first : null}
                value={Object.hasOwn(values, name) ? (values[name] ?? '') : ''}
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
        <Button type="submit" disabled={text === undefined || busy}>
          <Send size={16} aria-hidden="true" className="directed" /> {say('Say')}
        </Button>
      </div>
    </form>
  )
}
