// The dial field: filled by typing or by a link, dialled only by a press.
import { Button, IconButton, TextField, Tooltip } from '@radix-ui/themes'
import { Phone, RotateCcw } from 'lucide-react'
import { type FormEvent, useEffect, useId, useRef } from 'react'
import { useActions, useAppPart, useCompanion, useUi } from '../../state/companion.tsx'
import { useNumberRules } from '../../state/number-rules.ts'
import { isPerhapsNumber, toDial, toHome } from '../../view/dial-view.ts'
import { toAriaKeys, toTip } from '../../view/keys.ts'

export function DialField() {
  const { ui } = useCompanion()
  const text = useUi((one) => one.dial)
  const focus = useUi((one) => one.focus)
  const rules = useNumberRules(isPerhapsNumber(text))
  const home = toHome(useAppPart('numbers', 'settings'), rules)
  const last = useUi((one) => one.lastDialled)
  const view = toDial(text, last, useActions(), { rules, home })
  const field = useRef<HTMLInputElement>(null)
  const hint = useId()
  useEffect(() => {
    if (focus !== 'dial') return
    field.current?.focus()
    ui.setState({ focus: undefined })
  }, [focus, ui])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    view.call?.()
  }
  return (
    <form className="dial" onSubmit={submit}>
      <div className="dial-row">
        <TextField.Root
          ref={field}
          size="3"
          value={text}
          placeholder="Whom to call"
          aria-label="Whom to call"
          aria-describedby={hint}
          aria-invalid={view.wrong}
          aria-keyshortcuts={toAriaKeys('dial.focus')}
          title={toTip('Whom to call', 'dial.focus')}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => ui.setState({ dial: event.target.value })}
        />
        <Tooltip content="Call (Enter)">
          <Button type="submit" size="3" className="accept" disabled={!view.call}>
            <Phone size={18} aria-hidden="true" /> Call
          </Button>
        </Tooltip>
        {view.redial ? (
          <Tooltip content={toTip(`Call ${view.redial.target} again`, 'dial.again')}>
            <IconButton
              type="button"
              size="3"
              variant="soft"
              color="gray"
              aria-label={`Call ${view.redial.target} again`}
              aria-keyshortcuts={toAriaKeys('dial.again')}
              onClick={view.redial.call}
            >
              <RotateCcw size={18} />
            </IconButton>
          </Tooltip>
        ) : null}
      </div>
      <p id={hint} className="field-hint">
        {view.hint}
      </p>
      {view.instead ? (
        <Button
          className="fit"
          type="button"
          size="1"
          variant="soft"
          onClick={() => ui.setState({ dial: view.instead?.number ?? text, focus: 'dial' })}
        >
          {view.instead.label}
        </Button>
      ) : null}
    </form>
  )
}
