// Which profile is in use, and the way to another one; nothing where there is only one.
import { say } from '../../common/words/say.ts'
import { useActions, useApp, usePhone } from '../state/companion.tsx'
import { toProfiles } from '../view/profiles-view.ts'
import { Choice } from './Choice.tsx'

export function ProfileSwitch() {
  const view = toProfiles(useApp(), usePhone(), useActions())
  if (!view.options) return null
  return (
    <div className="profile-switch" title={view.blocked}>
      <Choice
        aria-label={say('Profile')}
        value={view.now.id}
        options={view.options}
        disabled={!view.use}
        onChoose={(id) => view.use?.(id)}
      />
    </div>
  )
}
