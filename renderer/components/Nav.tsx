// The way between screens: a side bar on wide windows, a bar at the bottom on narrow ones.

import { Activity, History, ListChecks, Phone, Settings2 } from 'lucide-react'
import { countUnseen } from '../../common/model/ringing.ts'
import type { Phrase } from '../../common/words/placeholders.ts'
import { phrase, say } from '../../common/words/say.ts'
import { useActions, useCopy, usePhone, useUi } from '../state/companion.tsx'
import type { Screen } from '../view/actions.ts'
import { toAriaKeys, toTip } from '../view/keys.ts'
import { frontSession } from '../view/sessions.ts'
import { DisturbKey } from './DisturbKey.tsx'
import { Logo } from './Logo.tsx'
import { ProfileSwitch } from './ProfileSwitch.tsx'

const entries: { screen: Exclude<Screen, 'record'>; label: Phrase; icon: typeof Phone }[] = [
  { screen: 'quickstart', label: phrase('Quickstart'), icon: ListChecks },
  { screen: 'call', label: phrase('Call'), icon: Phone },
  { screen: 'history', label: phrase('History'), icon: History },
  { screen: 'trace', label: phrase('Trace'), icon: Activity },
  { screen: 'settings', label: phrase('Settings'), icon: Settings2 },
]

export function Nav() {
  const current = useUi((ui) => ui.screen)
  const actions = useActions()
  const missed = useCopy(({ app }) => countUnseen(app.ringing))
  const live = frontSession(usePhone()) !== undefined
  return (
    <nav className="nav" aria-label={say('Screens')}>
      <Logo />
      <ul>
        {entries.map(({ screen, label, icon: Icon }) => (
          <li key={screen}>
            <button
              type="button"
              className="nav-entry"
              aria-current={current === screen ? 'page' : undefined}
              aria-keyshortcuts={toAriaKeys(`go.${screen}`)}
              title={toTip(say(label), `go.${screen}`)}
              onClick={() => actions.open(screen)}
            >
              <Icon size={18} aria-hidden="true" />
              <span>{say(label)}</span>
              {screen === 'call' && live ? (
                <span className="nav-live" title={say('Call in progress')} />
              ) : null}
              {screen === 'call' && missed > 0 ? (
                <span
                  className="nav-missed"
                  title={say('{n, plural, one {# missed call} other {# missed calls}}', { n: missed })}
                >
                  {missed}
                  <span className="only-read"> {say('missed')}</span>
                </span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
      <DisturbKey />
      <ProfileSwitch />
    </nav>
  )
}
