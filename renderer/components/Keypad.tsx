// The twelve keys of a telephone, and a field for a whole row of them, with pauses.
import { Button, TextField } from '@radix-ui/themes'
import { type FormEvent, useEffect, useRef } from 'react'
import { say } from '../../common/words/say.ts'
import { useCompanion, useUi } from '../state/companion.tsx'
import type { KeysView } from '../view/keys-view.ts'
import { toKeysText, whyNotKeys } from '../view/keys-view.ts'

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

export function Keypad({ view }: { view: KeysView }) {
  return (
    <div className="keypad-panel">
      <fieldset className="keypad" aria-label={say('Keypad')}>
        {keys.map((key) => (
          <Button
            key={key}
            variant="soft"
            color="gray"
            size="3"
            disabled={!view.press}
            aria-label={key === '*' ? say('star') : key === '#' ? say('hash') : key}
            onClick={() => view.press?.(key)}
          >
            {key}
          </Button>
        ))}
      </fieldset>
      {view.goOn || view.stop ? <KeysOnTheirWay view={view} /> : <KeysField press={view.press} />}
    </div>
  )
}

/** A row of keys that is being sent, or waits until the person hears what it is for. */
function KeysOnTheirWay({ view }: { view: KeysView }) {
  return (
    <div className="keys-way" role="status">
      <p>{view.text}</p>
      <Button size="1" variant="soft" color="gray" onClick={view.stop}>
        {say('Stop')}
      </Button>
      {view.goOn ? (
        <Button size="1" autoFocus onClick={view.goOn}>
          {say('Go on')}
        </Button>
      ) : null}
    </div>
  )
}

/** What is pasted stands here first: nothing is sent that nobody has read. */
function KeysField({ press }: { press: KeysView['press'] }) {
  const { ui } = useCompanion()
  const text = useUi((one) => one.keys)
  const focus = useUi((one) => one.focus)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (focus !== 'keys') return
    field.current?.focus()
    ui.setState({ focus: undefined })
  }, [focus, ui])
  const wrong = text === '' ? undefined : whyNotKeys(text)
  const ready = press !== undefined && /[\d*#a-d]/i.test(text) && !wrong
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    press(toKeysText(text))
    ui.setState({ keys: '' })
  }
  return (
    <form className="keys-field" onSubmit={submit}>
      <TextField.Root
        ref={field}
        value={text}
        dir="ltr"
        placeholder={say('Several keys')}
        aria-label={say('Several keys')}
        aria-invalid={wrong !== undefined}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => ui.setState({ keys: event.target.value })}
      />
      <Button type="submit" variant="soft" disabled={!ready}>
        {say('Send')}
      </Button>
      <p className="field-hint">{wrong ?? say('A comma waits 2 s, a semicolon waits for you.')}</p>
    </form>
  )
}
