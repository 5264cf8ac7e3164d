// The dial field: filled by typing, by a link or with whom one spoke before; dialled only by a press.
import { Button, IconButton, TextField, Tooltip } from '@radix-ui/themes'
import { Building2, Phone, RotateCcw } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef } from 'react'
import { say } from '../../../common/words/say.ts'
import { useActions, useAppPart, useCompanion, useUi } from '../../state/companion.tsx'
import { useNumberRules } from '../../state/number-rules.ts'
import { type DialView, isPerhapsNumber, toDial, toHome } from '../../view/dial-view.ts'
import { toAriaKeys, toTip } from '../../view/keys.ts'
import { type Recent, stepRecent, toLastDialled } from '../../view/recent-view.ts'
import { mayCallThrough } from '../../view/through-view.ts'
import { ThroughPanel } from './ThroughPanel.tsx'

const mostRecent = 4

export function DialField() {
  const { ui } = useCompanion()
  const text = useUi((one) => one.dial)
  const through = useUi((one) => one.through)
  const rules = useNumberRules(isPerhapsNumber(text) || through)
  const app = useAppPart('numbers', 'settings', 'account')
  const recent = useUi((one) => one.recent)
  const last = useUi((one) => one.lastDialled) ?? toLastDialled(recent)
  const view = toDial(text, last, useActions(), { rules, home: toHome(app, rules) })
  const hint = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // The call that is prepared has a button of its own; Enter must not place another one.
    if (!through) view.call?.()
  }
  const { instead } = view
  return (
    <form className="dial" onSubmit={submit}>
      <div className="dial-row">
        <Whom text={text} hint={hint} wrong={view.wrong} recent={recent} />
        <Tooltip content={say('Call (Enter)')}>
          <Button type="submit" size="3" className="accept" disabled={!view.call || through}>
            <Phone size={18} aria-hidden="true" /> {say('Call')}
          </Button>
        </Tooltip>
        {view.redial ? <Redial redial={view.redial} /> : null}
        {mayCallThrough(app) ? <Through open={through} /> : null}
      </div>
      <p id={hint} className="field-hint">
        {view.hint}
      </p>
      {instead ? (
        <Button
          className="fit"
          type="button"
          size="1"
          variant="soft"
          onClick={() => ui.setState({ dial: instead.number, focus: 'dial' })}
        >
          {instead.label}
        </Button>
      ) : null}
      {through ? <ThroughPanel number={view.number} rules={rules} /> : <RecentPeople recent={recent} />}
    </form>
  )
}

interface WhomProps {
  text: string
  hint: string
  wrong: boolean
  recent: readonly Recent[]
}

function Whom({ text, hint, wrong, recent }: WhomProps) {
  const { ui } = useCompanion()
  const focus = useUi((one) => one.focus)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (focus !== 'dial') return
    field.current?.focus()
    ui.setState({ focus: undefined })
  }, [focus, ui])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    const next = stepRecent(recent, text, event.key === 'ArrowUp' ? 1 : -1)
    if (next === undefined) return
    event.preventDefault()
    ui.setState({ dial: next })
  }
  return (
    <TextField.Root
      ref={field}
      size="3"
      dir="auto"
      value={text}
      placeholder={say('Whom to call')}
      aria-label={say('Whom to call')}
      aria-describedby={hint}
      aria-invalid={wrong}
      aria-keyshortcuts={toAriaKeys('dial.focus')}
      title={toTip(say('Whom to call'), 'dial.focus')}
      autoComplete="off"
      spellCheck={false}
      onKeyDown={onKeyDown}
      onChange={(event) => ui.setState({ dial: event.target.value })}
    />
  )
}

function Redial({ redial }: { redial: NonNullable<DialView['redial']> }) {
  const says = say('Call {target} again', { target: redial.target })
  return (
    <Tooltip content={toTip(says, 'dial.again')}>
      <IconButton
        type="button"
        size="3"
        variant="soft"
        color="gray"
        aria-label={says}
        aria-keyshortcuts={toAriaKeys('dial.again')}
        onClick={redial.call}
      >
        <RotateCcw size={18} />
      </IconButton>
    </Tooltip>
  )
}

function Through({ open }: { open: boolean }) {
  const { ui } = useCompanion()
  const says = say('Call from one of your numbers')
  return (
    <Tooltip content={toTip(says, 'dial.number')}>
      <IconButton
        type="button"
        size="3"
        variant="soft"
        color={open ? 'indigo' : 'gray'}
        aria-label={says}
        aria-expanded={open}
        aria-keyshortcuts={toAriaKeys('dial.number')}
        onClick={() => ui.setState({ through: !open })}
      >
        <Building2 size={18} />
      </IconButton>
    </Tooltip>
  )
}

/** A press fills the field; it does not call. */
function RecentPeople({ recent }: { recent: readonly Recent[] }) {
  const { ui } = useCompanion()
  if (recent.length === 0) return null
  return (
    <ul className="dial-recent" aria-label={say('Called before')}>
      {recent.slice(0, mostRecent).map(({ name, target }) => (
        <li key={target}>
          <button
            type="button"
            className="chip"
            title={target}
            onClick={() => ui.setState({ dial: target, focus: 'dial' })}
          >
            <bdi>{name}</bdi>
          </button>
        </li>
      ))}
    </ul>
  )
}
