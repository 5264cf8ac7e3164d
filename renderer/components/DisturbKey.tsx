// Do not disturb as a key in the navigation: always there, and it shows its state.
import { Bell, BellOff } from 'lucide-react'
import { say } from '../../common/words/say.ts'
import { useActions, useCopy } from '../state/companion.tsx'
import { toAriaKeys, toTip } from '../view/keys.ts'

export function DisturbKey() {
  const on = useCopy(({ app }) => app.settings.doNotDisturb)
  const actions = useActions()
  const Icon = on ? BellOff : Bell
  return (
    <button
      type="button"
      className="nav-entry disturb-key"
      aria-pressed={on}
      aria-keyshortcuts={toAriaKeys('disturb.toggle')}
      title={toTip(say('Calls are refused as busy and counted as missed'), 'disturb.toggle')}
      onClick={() => actions.change({ doNotDisturb: !on })}
    >
      <Icon size={18} aria-hidden="true" />
      <span>{say('Do not disturb')}</span>
    </button>
  )
}
